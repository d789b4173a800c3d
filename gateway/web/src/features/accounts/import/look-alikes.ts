// New accounts of a file that look like others: which rows, and like whom. Pure.
import type { Outcome } from './api'
import type { ImportRow } from './convert'
import type { Part } from './plan'

/** `own` is the row's value, `like` the other's; `row` is the other's line where that is in the file, too. */
export type Alike = { line: number; field: 'external_id' | 'name'; own: string; like: string; row?: number }

/** So many are pointed out of what is sent at once. */
export const MOST_TOLD = 100

export function findAlikes(part: Part, told: NonNullable<Outcome['look_alikes']>): Alike[] {
  const text = (row: ImportRow, field: Alike['field']) => (typeof row[field] === 'string' ? row[field] : '')
  const found = told.map(({ index, field, like }): Alike => {
    const before = part.slice(0, index).find(({ row }) => text(row, field) === like)
    return { line: part[index]!.line, field, own: text(part[index]!.row, field), like, ...(before && { row: before.line }) }
  })
  // where the name is the key, both say the same
  return found.filter((one, i) => !found.slice(0, i).some((other) => other.line === one.line && other.like === one.like && other.own === one.own))
}
