// What the address of the list may hold; anything else falls back, so that a broken link opens the plain list.
import * as z from 'zod/mini'

export const COLUMNS = ['name', 'health', 'arr', 'stage', 'csm', 'status', 'renewal', 'industry'] as const
export type Column = (typeof COLUMNS)[number]
export type Direction = 'asc' | 'desc'
export type Sort = Column | `-${Column}`

const sorts = COLUMNS.flatMap((c): Sort[] => [c, `-${c}`])
const LEVEL_FILTERS = ['Healthy', 'At Risk', 'Critical', 'none'] as const
export type LevelFilter = (typeof LEVEL_FILTERS)[number]

export const accountSearch = z.object({
  q: z.catch(z.optional(z.coerce.string().check(z.maxLength(200))), undefined),
  sort: z.catch(z.optional(z.enum(sorts)), undefined),
  level: z.catch(z.optional(z.enum(LEVEL_FILTERS)), undefined),
})
export type AccountSearch = z.infer<typeof accountSearch>

export function readSort(sort: Sort | undefined): { column: Column; direction: Direction } {
  if (!sort) return { column: 'name', direction: 'asc' }
  return sort.startsWith('-') ? { column: sort.slice(1) as Column, direction: 'desc' } : { column: sort as Column, direction: 'asc' }
}

// figures are mostly looked at from the top, health and renewals from what needs care first
const startsDown: readonly Column[] = ['arr']

/** The sort after a press on a column's header; the plain order by name needs no word in the address. */
export function nextSort(current: Sort | undefined, column: Column): Sort | undefined {
  const now = readSort(current)
  const first: Direction = startsDown.includes(column) ? 'desc' : 'asc'
  const direction = now.column !== column ? first : now.direction === 'asc' ? 'desc' : 'asc'
  if (column === 'name' && direction === 'asc') return undefined
  return direction === 'desc' ? `-${column}` : column
}
