// What is changed and not saved yet, at the bottom of the page: how much, and the two ways on.
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'

type Props = {
  changes: number
  title?: string
  save?: string
  busy?: boolean
  /** why it cannot be saved yet */
  held?: string
  problem?: string
  onDiscard: () => void
  onSave: () => void
  children?: ReactNode
}

export function DraftBar({ changes, title, save = t('draft.save'), busy, held, problem, onDiscard, onSave, children }: Props) {
  return (
    <>
      <p role="status" className="sr-only">
        {changes > 0 ? t('draft.changes', { n: changes }) : ''}
      </p>
      {changes > 0 && (
        <section aria-label={t('draft.label')} className="draft-bar">
          <p className="me-auto min-w-0">
            {title && <b className="font-semibold">{title} </b>}
            <span className={title ? 'quiet' : 'font-semibold'}>{t('draft.changes', { n: changes })}</span>
            {(problem || held) && <span className={problem ? 'small bad block' : 'small quiet block'} role={problem ? 'alert' : undefined}>{problem ?? held}</span>}
          </p>
          {children}
          <Button look="ghost" onClick={onDiscard} disabled={busy}>
            {t('draft.discard')}
          </Button>
          <Button busy={busy} held={held !== undefined} onClick={onSave}>
            {save}
          </Button>
        </section>
      )}
    </>
  )
}
