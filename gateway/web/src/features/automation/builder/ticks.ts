// What each condition of a trigger found on an account: a column per condition at the root, groups taken together. Pure.
import type { Criteria } from '@/lib/criteria'

export type Leaf = { field: string; op: string; value?: unknown }
export type TickColumn = { key: string; criteria: Criteria; leaves: Leaf[]; /** its first leaf's place among all */ from: number }
export type Cell = { holds: boolean; field: string; found: string | null }

export const leavesOf = (criteria: Criteria): Leaf[] =>
  'field' in criteria ? [criteria] : 'not' in criteria ? leavesOf(criteria.not) : ('all' in criteria ? criteria.all : criteria.any).flatMap(leavesOf)

export function columnsOf(criteria: Criteria | undefined): TickColumn[] {
  if (!criteria) return []
  const parts = 'all' in criteria ? criteria.all : [criteria]
  let from = 0
  return parts.flatMap((part) => {
    const nested = 'all' in part ? columnsOf(part).map((one) => ({ ...one, from: one.from + from })) : [{ key: '', criteria: part, leaves: leavesOf(part), from }]
    from += leavesOf(part).length
    return nested.map((one) => ({ ...one, key: `${one.from}` }))
  })
}

/** Whether criteria hold, by what each of their leaves said, in order. */
function evaluate(criteria: Criteria, said: boolean[]): boolean {
  if ('field' in criteria) return said.shift() ?? false
  if ('not' in criteria) return !evaluate(criteria.not, said)
  const all = 'all' in criteria
  const parts = (all ? criteria.all : criteria.any).map((part) => evaluate(part, said))
  return all ? parts.every(Boolean) : parts.some(Boolean)
}

export function cellOf(column: TickColumn, leaves: { found: string | null; holds: boolean }[]): Cell {
  const own = leaves.slice(column.from, column.from + column.leaves.length)
  const holds = evaluate(column.criteria, own.map((one) => one.holds))
  // the value that decided, or the first one
  const at = Math.max(0, own.findIndex((one) => one.holds === holds))
  return { holds, field: column.leaves[at]?.field ?? '', found: own[at]?.found ?? null }
}

/** Accounts that fail exactly one of the conditions. */
export function nearly(columns: TickColumn[]): Criteria | undefined {
  if (columns.length < 2) return undefined
  const one = columns.map((failed) => ({ all: [...columns.filter((column) => column !== failed).map((column) => column.criteria), { not: failed.criteria }] }))
  return { all: [{ field: 'status', op: 'ne', value: 'Churned' }, { any: one }] }
}
