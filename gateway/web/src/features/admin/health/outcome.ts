// What a change of the model would do, from its effect on each account. Pure.
import { LEVELS, type Level } from '@/lib/levels'
import type { Portfolio, PreviewRow } from './health-api'

export const STATES = [...LEVELS, 'No data'] as const
export type LevelState = (typeof STATES)[number]
export type Sum = { accounts: number; arr: number }
export type Moved = Sum & { ids: string[] }
export type Mover = { id: string; name: string; from: number; to: number; oldLevel: Level; newLevel: Level; change: number }
export type Firing = { playbook: string; accounts: { id: string; name: string }[] }
export type Outcome = {
  accounts: number
  before: Record<LevelState, Sum>
  after: Record<LevelState, Sum>
  moves: Record<LevelState, Record<LevelState, Moved>>
  rises: Moved
  falls: Moved
  movers: Mover[]
  firing: Firing[]
}

const MOST_MOVERS = 20
const each = <T>(make: () => T) => Object.fromEntries(STATES.map((one) => [one, make()])) as Record<LevelState, T>
const none = (): Moved => ({ accounts: 0, arr: 0, ids: [] })

function add(to: Moved, id: string, arr: number) {
  to.accounts++
  to.arr += arr
  to.ids.push(id)
}

export function outcomeOf(rows: PreviewRow[], portfolio: Portfolio): Outcome {
  const before = each(none)
  const after = each(none)
  const moves = each(() => each(none))
  const [rises, falls] = [none(), none()]
  const firing = new Map<string, Firing['accounts']>()
  for (const { account_id: id, old_level, new_level, playbooks } of rows) {
    const { arr = 0, name = '' } = portfolio.get(id) ?? {}
    const [from, to] = [old_level ?? 'No data', new_level ?? 'No data'] as const
    add(before[from], id, arr)
    add(after[to], id, arr)
    add(moves[from][to], id, arr)
    if (old_level && new_level && from !== to) add(LEVELS.indexOf(new_level) < LEVELS.indexOf(old_level) ? rises : falls, id, arr)
    playbooks.forEach((playbook) => firing.set(playbook, [...(firing.get(playbook) ?? []), { id, name }]))
  }
  return { accounts: rows.length, before, after, moves, rises, falls, movers: moversOf(rows, portfolio), firing: [...firing].map(([playbook, accounts]) => ({ playbook, accounts })) }
}

function moversOf(rows: PreviewRow[], portfolio: Portfolio): Mover[] {
  const all = rows.flatMap(({ account_id: id, old_score: from, new_score: to, old_level: oldLevel, new_level: newLevel }) =>
    from === null || to === null || from === to || !oldLevel || !newLevel ? [] : [{ id, name: portfolio.get(id)?.name ?? '', from, to, oldLevel, newLevel, change: to - from }],
  )
  return all.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change) || a.name.localeCompare(b.name)).slice(0, MOST_MOVERS)
}
