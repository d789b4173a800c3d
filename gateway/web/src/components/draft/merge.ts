// What differs between two states of the same thing, and how two people's changes of it are brought together. Pure.
// Lists of things with an id are compared by id, so that a change of one is no change of its neighbours.
export type Difference = { path: string[]; from: unknown; to: unknown }

type Fields = Record<string, unknown>
type Row = Fields & { id: string }

export const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const isRow = (value: unknown): value is Row => isFields(value) && typeof value.id === 'string'
/** These as lists of rows, where all of them are. */
function rowsOf(lists: unknown[]): Row[][] | undefined {
  const all = lists.filter((list): list is Row[] => Array.isArray(list) && list.every(isRow))
  return all.length === lists.length && all.some((list) => list.length > 0) ? all : undefined
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  return isFields(value) ? Object.fromEntries(Object.keys(value).toSorted().map((key) => [key, sorted(value[key])])) : (value ?? null)
}

const find = (rows: Row[], id: string) => rows.find((row) => row.id === id)
const shared = (rows: Row[], others: Row[]) => rows.map(({ id }) => id).filter((id) => find(others, id))
const keysOf = (...all: Fields[]) => [...new Set(all.flatMap((one) => Object.keys(one)))]

export function differences(from: unknown, to: unknown, path: string[] = []): Difference[] {
  if (isSame(from, to)) return []
  const lists = rowsOf([from, to])
  if (lists) return ofRows(lists[0]!, lists[1]!, path)
  if (isFields(from) && isFields(to)) return keysOf(from, to).flatMap((key) => differences(from[key], to[key], [...path, key]))
  return [{ path, from, to }]
}

function ofRows(from: Row[], to: Row[], path: string[]): Difference[] {
  const gone = from.filter(({ id }) => !find(to, id)).map((row) => ({ path: [...path, row.id], from: row as unknown, to: undefined }))
  const others = to.flatMap((row) => {
    const before = find(from, row.id)
    return before ? differences(before, row, [...path, row.id]) : [{ path: [...path, row.id], from: undefined, to: row as unknown }]
  })
  const [before, after] = [shared(from, to), shared(to, from)]
  return [...gone, ...others, ...(isSame(before, after) ? [] : [{ path: [...path, 'order'], from: before as unknown, to: after as unknown }])]
}

/** Mine on top of theirs: what I did not touch is theirs, what both touched is mine. */
export function merge<T>(base: T, theirs: T, mine: T): T {
  if (isSame(base, mine)) return theirs
  if (isSame(base, theirs)) return mine
  const lists = rowsOf([base, theirs, mine])
  if (lists) return mergeRows(lists[0]!, lists[1]!, lists[2]!) as T
  if (isFields(base) && isFields(theirs) && isFields(mine)) return Object.fromEntries(keysOf(theirs, mine).map((key) => [key, merge(base[key], theirs[key], mine[key])])) as T
  return mine
}

function mergeRows(base: Row[], theirs: Row[], mine: Row[]): Row[] {
  const moved = !isSame(shared(base, mine), shared(mine, base))
  const [first, second] = moved ? [mine, theirs] : [theirs, mine]
  const ids = [...new Set([...first, ...second].map(({ id }) => id))]
  // gone for one of us, gone for both
  return ids.flatMap((id) => {
    const [was, there, here] = [find(base, id), find(theirs, id), find(mine, id)]
    if (was && (!there || !here)) return []
    return [was && there && here ? merge(was, there, here) : (here ?? there)!]
  })
}
