// Saves a draft as one change: first it looks whether someone else was faster, and if so shows what they set beside what was
// wanted. Whatever is chosen, nothing that was typed is lost before.
import { useState, type ReactNode } from 'react'
import { ConflictDialog } from '@/components/conflict-dialog'
import { message } from '@/components/states'
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'
import { differences, isSame, merge, type Difference } from './merge'
import type { Draft } from './use-draft'

export type LastChange = { who: string | null; at: string | null }
type Props<T> = {
  draft: Draft<T>
  /** what the server has now */
  read: () => Promise<T>
  write: (base: T, value: T) => Promise<unknown>
  lastChange: () => Promise<LastChange>
  /** a change in words; it may be of either person's state */
  describe: (change: Difference) => { field: string; text: (value: unknown) => string }
  onSaved: (server: T) => void
}
type Conflict<T> = { theirs: T; by: LastChange; seen: number }

export function useSaveDraft<T>({ draft, read, write, lastChange, describe, onSaved }: Props<T>) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState<Conflict<T>>()

  async function attempt(base: T, value: T) {
    setBusy(true)
    setProblem(undefined)
    try {
      const isFree = isSame(await read(), base) && (await written(write(base, value)))
      const server = await read()
      if (!isFree) {
        const by = await lastChange().catch(() => ({ who: null, at: null }))
        setProblem(t('draft.met'))
        return setConflict({ theirs: server, by, seen: Date.now() })
      }
      draft.adopt(server)
      onSaved(server)
    } catch (error) {
      setProblem([message(error), error instanceof ApiError ? error.hint : null].filter(Boolean).join(' '))
    } finally {
      setBusy(false)
    }
  }

  const settle = (next: (theirs: T) => void) => {
    setConflict(undefined)
    setProblem(undefined)
    if (conflict) next(conflict.theirs)
  }
  const dialog: ReactNode = conflict && (
    <ConflictDialog
      who={conflict.by.who ?? t('draft.someone')}
      secondsAgo={conflict.by.at ? Math.max(0, (conflict.seen - Date.parse(conflict.by.at)) / 1000) : 0}
      values={beside(draft, conflict.theirs, describe)}
      onTakeTheirs={() => settle(draft.adopt)}
      onKeepMine={() =>
        settle((theirs) => {
          draft.rebase(theirs)
          void attempt(theirs, merge(draft.base, theirs, draft.value))
        })
      }
      onClose={() => setConflict(undefined)}
    />
  )
  return { save: () => void attempt(draft.base, draft.value), busy, problem, conflict: dialog, forget: () => setProblem(undefined) }
}

/** False where someone else was faster. */
const written = (writing: Promise<unknown>) =>
  writing.then(
    () => true,
    (error: unknown) => {
      if (error instanceof ApiError && error.status === 409 && error.code === '27000') return false
      throw error
    },
  )

/** Each of their changes, with mine of the same. */
function beside<T>({ base, changes }: Draft<T>, theirs: T, describe: Props<T>['describe']) {
  return differences(base, theirs).map((change) => {
    const { field, text } = describe(change)
    const own = changes.find((one) => one.path.join('/') === change.path.join('/'))
    return { field, theirs: text(change.to), mine: own ? text(own.to) : null }
  })
}
