// A change of many accounts in parts, and its way back: the same accounts, grouped by what each of them was before.
import { bulkUpdate, type Account, type Outcome } from './api'

/** What one request changes: a second or two of work. */
const PART = 500

export type Change =
  | { kind: 'csm'; patch: { csm_id: string | null } }
  | { kind: 'stage'; patch: { current_stage: string } }
  | { kind: 'status'; patch: { status: Account['status'] } }
  | { kind: 'field'; patch: { crm_attributes: Record<string, unknown> } }
  /** nothing of the accounts themselves, and without a way back */
  | { kind: 'playbook'; playbook: string }

export const hasWayBack = (kind: Change['kind']) => kind !== 'field' && kind !== 'playbook'

export type Progress = (done: number) => void

const NOTHING: Outcome = { matched: 0, changed: 0, refused: [] }

/** Stops between two parts when `signal` says so; what was done until then is in the outcome. */
export async function runChange(ids: string[], patch: object, dryRun: boolean, onProgress?: Progress, signal?: AbortSignal): Promise<Outcome> {
  let all = NOTHING
  for (let from = 0; from < ids.length; from += PART) {
    if (signal?.aborted) break
    const part = ids.slice(from, from + PART)
    // one after the other: each holds the rows it changes
    const found = await bulkUpdate({ field: 'id', op: 'in', value: part }, patch, dryRun)
    all = { matched: all.matched + found.matched, changed: all.changed + found.changed, refused: [...all.refused, ...found.refused] }
    onProgress?.(Math.min(ids.length, from + PART))
  }
  return all
}

type Before = Pick<Account, 'id' | 'csm_id' | 'status' | 'current_stage'>

/** The changes that bring back what was: a status and its stage go together. Fields and playbooks have no way back. */
export function wayBack(before: Before[], kind: Change['kind']): { ids: string[]; patch: object }[] {
  if (!hasWayBack(kind)) return []
  const groups = new Map<string, { ids: string[]; patch: object }>()
  for (const row of before) {
    const both = { status: row.status, current_stage: row.current_stage }
    // moving alone is allowed to more people, and brings an Active status back by itself
    const patch = kind === 'csm' ? { csm_id: row.csm_id } : kind === 'stage' && row.status === 'Active' ? { current_stage: row.current_stage } : both
    const key = JSON.stringify(patch)
    const group = groups.get(key) ?? { ids: [], patch }
    group.ids.push(row.id)
    groups.set(key, group)
  }
  return [...groups.values()]
}

export async function undo(before: Before[], kind: Change['kind']): Promise<Outcome> {
  let all = NOTHING
  for (const { ids, patch } of wayBack(before, kind)) {
    const found = await runChange(ids, patch, false)
    all = { matched: all.matched + found.matched, changed: all.changed + found.changed, refused: [...all.refused, ...found.refused] }
  }
  return all
}

/** "4 no permission": how often each reason was given, the most frequent first. */
export function reasons(refused: Outcome['refused']): { reason: string; n: number }[] {
  const counts = new Map<string, number>()
  for (const { reason } of refused) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].map(([reason, n]) => ({ reason, n })).toSorted((a, b) => b.n - a.n)
}
