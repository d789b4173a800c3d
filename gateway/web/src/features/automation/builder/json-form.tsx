// The same playbook as JSON: what is written here is read at once, and what is wrong is said with its place.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { message } from '@/components/states'
import { toCriteria } from '@/components/criteria-builder/tree'
import { Field } from '@/components/ui/field'
import { useSettled } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { previewQuery } from '../preview-api'
import { fromText, toText } from './json'
import type { BuilderState } from './use-builder'

export function JsonForm({ state: { draft, change, fault }, readOnly }: { state: BuilderState; readOnly: boolean }) {
  const [text, setText] = useState(() => toText(draft))
  const [wrong, setWrong] = useState<string>()
  // the server knows fields, stages and people; it says what it cannot read
  const asked = useSettled({ event: draft.event, when: toCriteria(draft.when) }, 400)
  const preview = useQuery({ ...previewQuery(asked.value.event, asked.value.when), enabled: !readOnly && wrong === undefined })
  const write = (next: string) => {
    setText(next)
    const read = fromText(next, draft)
    if ('fault' in read) return setWrong([read.at, read.fault].filter(Boolean).join(': '))
    setWrong(undefined)
    change(read.draft)
  }
  const error = wrong ?? fault?.text ?? (preview.error ? message(preview.error) : undefined)
  return (
    <div className="p-4">
      <Field label={t('bld.jsonLabel')} hint={t('bld.jsonHint')} error={error}>
        {(described) => <textarea rows={24} spellCheck={false} readOnly={readOnly} {...described} value={text} onChange={(event) => write(event.target.value)} className="field-box font-mono text-[12.5px]! leading-4.75" />}
      </Field>
    </div>
  )
}
