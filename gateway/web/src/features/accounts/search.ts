// What the address of the list may hold; anything else falls back, so that a broken link opens the plain list.
import * as z from 'zod/mini'
import { columns, type ColumnKey } from './columns'
import { criteriaSchema } from '@/lib/criteria'
import { LEVEL_FILTERS } from '@/lib/levels'

export type Direction = 'asc' | 'desc'
export type Sort = ColumnKey | `-${ColumnKey}`

const sorts = columns.flatMap(({ key }): Sort[] => [key, `-${key}`])

export const accountSearch = z.object({
  q: z.catch(z.optional(z.coerce.string().check(z.maxLength(200))), undefined),
  sort: z.catch(z.optional(z.enum(sorts)), undefined),
  level: z.catch(z.optional(z.enum(LEVEL_FILTERS)), undefined),
  criteria: z.catch(z.optional(criteriaSchema), undefined),
})
export type AccountSearch = z.infer<typeof accountSearch>

/** Without a sort the list shows families: each account under its parent. */
export function readSort(sort: Sort | undefined): { key: ColumnKey; direction: Direction } | undefined {
  if (!sort) return undefined
  return sort.startsWith('-') ? { key: sort.slice(1) as ColumnKey, direction: 'desc' } : { key: sort as ColumnKey, direction: 'asc' }
}

const column = (key: ColumnKey) => columns.find((it) => it.key === key)!

/** The same for the server; equal values are ordered by name. */
export function serverSort(sort: Sort | undefined) {
  const chosen = readSort(sort)
  if (!chosen) return 'tree'
  const main = `${column(chosen.key).sort}.${chosen.direction}`
  return chosen.key === 'name' ? main : `${main},name.asc`
}

/** The sort after a press on a column's header: its first direction, then the other one, then families again. */
export function nextSort(current: Sort | undefined, key: ColumnKey): Sort | undefined {
  const now = readSort(current)
  const first = column(key).first ?? 'asc'
  if (now?.key === key && now.direction !== first) return undefined
  const direction = now?.key !== key ? first : first === 'asc' ? 'desc' : 'asc'
  return direction === 'desc' ? `-${key}` : key
}
