// Why it did not work: the server's message, or how long to wait.
import type { Ref } from 'react'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'

type Props = { text: string; seconds: number; ref: Ref<HTMLDivElement> }

export function Refusal({ text, seconds, ref }: Props) {
  if (seconds > 0) {
    return (
      <Note tone="warn" className="num">
        {t('login.tooMany', { seconds })}
      </Note>
    )
  }
  if (!text) return null
  return (
    <Note tone="bad" ref={ref} tabIndex={-1} role="alert">
      {text}
    </Note>
  )
}
