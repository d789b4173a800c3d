// What the address of the list may hold; anything else falls back, so that a broken link opens the plain list.
import * as z from 'zod/mini'
import { criteriaSchema } from '@/lib/criteria'
import { LEVEL_FILTERS } from '@/lib/levels'
import { COLUMN_KEYS, CUSTOM, isColumnKey, sortFieldOf, type ColumnKey } from './column-keys'

export type Direction = 'asc' | 'desc'
export type SortKey = { key: ColumnKey; direction: Direction }

export const STANDARD_SORT = 'name'
export const MOST_SORTS = 3
const MOST_COLUMNS = 40

const isSort = (text: string) => text.split(',').length <= MOST_SORTS && text.split(',').every((one) => sortFieldOf(one.replace(/^-/, '')) !== undefined)
const isColumns = (text: string) => text.split(',').length <= MOST_COLUMNS && text.split(',').every(isColumnKey)

export const accountSearch = z.object({
  q: z.catch(z.optional(z.coerce.string().check(z.maxLength(200))), undefined),
  sort: z.catch(z.optional(z.string().check(z.refine(isSort))), undefined),
  level: z.catch(z.optional(z.enum(LEVEL_FILTERS)), undefined),
  criteria: z.catch(z.optional(criteriaSchema), undefined),
  /** the view it is a variant of: a saved one's id, or one that is always there */
  view: z.catch(z.optional(z.string().check(z.maxLength(40))), undefined),
  cols: z.catch(z.optional(z.string().check(z.refine(isColumns))), undefined),
  layout: z.catch(z.optional(z.enum(['tree'])), undefined),
  /** what lies over the list */
  open: z.catch(z.optional(z.enum(['new', 'import'])), undefined),
  /** the external id of a new account */
  external: z.catch(z.optional(z.coerce.string().check(z.maxLength(500))), undefined),
})
export type AccountSearch = z.infer<typeof accountSearch>

export function readSort(text = STANDARD_SORT): SortKey[] {
  return text.split(',').map((one) => (one.startsWith('-') ? { key: one.slice(1) as ColumnKey, direction: 'desc' } : { key: one as ColumnKey, direction: 'asc' }))
}

const written = ({ key, direction }: SortKey) => (direction === 'desc' ? `-${key}` : key)

/** The same for the server; equal values are ordered by name. */
export function serverSort(text: string | undefined) {
  const keys = readSort(text)
  const all = keys.map(({ key, direction }) => `${sortFieldOf(key)}.${direction}`)
  return keys.some(({ key }) => key === 'name') ? all.join(',') : [...all, 'name.asc'].join(',')
}

/** Money starts at the top, everything else at the bottom. */
const firstOf = (key: ColumnKey): Direction => (key === 'arr' ? 'desc' : 'asc')

/** The sort after a press on a header: its first direction, the other one, none. With `add` beside what is sorted by already. */
export function nextSort(current: string | undefined, key: ColumnKey, add = false): string | undefined {
  const keys = add && current === undefined ? [] : readSort(current)
  const now = keys.find((one) => one.key === key)
  const first = firstOf(key)
  const turned: SortKey | undefined = !now ? { key, direction: first } : now.direction === first ? { key, direction: first === 'asc' ? 'desc' : 'asc' } : undefined
  const all = !add ? [turned] : now ? keys.map((one) => (one === now ? turned : one)) : [...keys.slice(0, MOST_SORTS - 1), turned]
  const text = all.filter((one) => one !== undefined).map(written).join(',')
  return text === '' || text === STANDARD_SORT ? undefined : text
}

export const readColumns = (text: string | undefined): ColumnKey[] | undefined => text?.split(',') as ColumnKey[] | undefined
export const STANDARD_COLUMNS: ColumnKey[] = ['name', 'health', 'weeks', 'arr', 'stage', 'renewal', 'csm', 'touch']
export const isCustom = (key: string) => key.startsWith(CUSTOM)
export { COLUMN_KEYS, type ColumnKey }
