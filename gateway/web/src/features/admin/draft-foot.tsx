// The bar of a draft with all that goes with it: saving, the conflict with someone else, and the question before it is left.
import { useQueryClient } from '@tanstack/react-query'
import { createPortal } from 'react-dom'
import { DraftBar } from '@/components/draft/draft-bar'
import { LeaveGuard } from '@/components/draft/leave-guard'
import type { Difference } from '@/components/draft/merge'
import type { Draft } from '@/components/draft/use-draft'
import { useSaveDraft, type LastChange } from '@/components/draft/use-save-draft'
import { useShown } from './shown'

type Props<T> = {
  draft: Draft<T>
  read: () => Promise<T>
  write: (base: T, value: T) => Promise<unknown>
  lastChange: () => Promise<LastChange>
  describe: (change: Difference) => { field: string; text: (value: unknown) => string }
  onSaved: (server: T) => void
  title?: string
  save?: string
  held?: string
  /** a parameter of the address that changes what is edited */
  within?: string
  changes?: number
}

export function DraftFoot<T>({ draft, title, save, held, within, changes = draft.changes.length, onSaved, ...rest }: Props<T>) {
  const client = useQueryClient()
  const { panel } = useShown()
  const saving = useSaveDraft({
    ...rest,
    draft,
    onSaved: (server) => {
      // names, counts and scores stand on every page
      void client.invalidateQueries()
      onSaved(server)
    },
  })
  const discard = () => {
    saving.forget()
    draft.discard()
  }
  return (
    <>
      {panel && createPortal(<DraftBar changes={changes} title={title} save={save} busy={saving.busy} held={held} problem={saving.problem} onDiscard={discard} onSave={saving.save} />, panel)}
      <LeaveGuard changes={changes} within={within} onLeave={discard} />
      {saving.conflict}
    </>
  )
}
