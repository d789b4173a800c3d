// The steps of a change of many: which accounts, a trial that writes nothing, the change itself, and its way back for a while.
import { useEffect, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { message } from '@/components/states'
import type { Criteria } from '@/lib/criteria'
import { t } from '@/lib/i18n'
import { fail, toast } from '@/lib/toasts'
import { ACCOUNTS, readAll, type Account, type Outcome } from './api'
import { hasWayBack, runChange, undo, type Change } from './run'
import { runForAll } from './run-playbook'

type Ended = { outcome: Outcome; total: number; stopped: boolean }
export type Step =
  | { at: 'choose' }
  | { at: 'trying'; done: number; total: number }
  | { at: 'writing'; done: number; total: number }
  | ({ at: 'tried' } & Ended)
  | ({ at: 'written' } & Ended)
  | { at: 'failed'; error: unknown }

type Given = { ids?: string[]; rows: Account[]; criteria: () => Promise<Criteria | undefined>; /** whether something was written */ onDone: (written: boolean) => void }

export function useBulk({ ids, rows, criteria, onDone }: Given) {
  const client = useQueryClient()
  const [step, setStep] = useState<Step>({ at: 'choose' })
  const accounts = useRef<Account[]>(undefined)
  const running = useRef<AbortController>(undefined)
  const way = useRef<() => void>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  /** As they are now: that is what the way back leads to. */
  async function find() {
    if (accounts.current) return accounts.current
    const loaded = new Map(rows.map((row) => [row.id, row]))
    const known = ids?.flatMap((id) => loaded.get(id) ?? [])
    accounts.current = known && known.length === ids?.length ? known : await readAll(ids ? { field: 'id', op: 'in', value: ids } : await criteria(), 'name.asc')
    return accounts.current
  }

  async function go(change: Change, dryRun: boolean) {
    const control = (running.current = new AbortController())
    const at = dryRun ? 'trying' : 'writing'
    try {
      setStep({ at, done: 0, total: ids?.length ?? 0 })
      const found = await find()
      const onProgress = (done: number) => setStep({ at, done, total: found.length })
      const outcome = change.kind === 'playbook' ? await runForAll(found, change.playbook, dryRun, onProgress, control.signal) : await runChange(found.map((row) => row.id), change.patch, dryRun, onProgress, control.signal)
      const stopped = control.signal.aborted && outcome.matched < found.length
      if (!dryRun) written(change, outcome, found, stopped)
      setStep({ at: dryRun ? 'tried' : 'written', outcome, total: found.length, stopped })
    } catch (error) {
      setStep({ at: 'failed', error })
    }
  }

  const reload = () => void client.invalidateQueries({ queryKey: ACCOUNTS })

  const takeBack = (before: Account[], kind: Change['kind']) =>
    void undo(before, kind).then(
      (back) => {
        reload()
        if (back.refused.length > 0) fail(t('bulk.undonePart', { n: back.refused.length, reason: back.refused[0]!.reason }))
        else toast(t('bulk.undone', { n: back.changed }))
      },
      (error: unknown) => fail(message(error)),
    )

  /** What can be taken back is offered in the dialog while that is open, then in a toast. */
  function written(change: Change, outcome: Outcome, found: Account[], stopped: boolean) {
    reload()
    const refused = new Set(outcome.refused.map((one) => one.account_id))
    const before = found.slice(0, outcome.matched).filter((row) => !refused.has(row.id))
    way.current = !hasWayBack(change.kind) || outcome.changed === 0 ? undefined : () => takeBack(before, change.kind)
    if (outcome.refused.length === 0 && !stopped) close(outcome, change.kind)
  }

  /** Ends it; what was changed is said, with a way back unless that was used. */
  function close(outcome?: Outcome, kind?: Change['kind']) {
    const back = way.current
    onDone(outcome !== undefined)
    if (outcome && outcome.changed > 0) toast(t(kind === 'playbook' ? 'bulkPlaybook.did' : 'bulk.done', { n: outcome.changed }), back ? { action: { label: t('undo'), run: back } } : {})
  }

  return {
    step, go, close, 
    undo: () => {
      way.current?.()
      onDone(true)
    },
    stop: () => running.current?.abort(),
    again: () => setStep({ at: 'choose' }),
  }
}
