// In which order and in which parts rows are sent: each after its parent, wherever that is in the file, and otherwise as they
// come; no part larger than a request may be. Pure.
import type { ImportRow } from './convert'

/** `line` is its place among the rows of the file, from 0. */
export type Planned = { line: number; row: ImportRow }
export type Part = Planned[]

const MOST_ROWS = 500
const MOST_BYTES = 600_000

/** Where in the file a row's account is named again after its first time. */
export function repeated(rows: ImportRow[]): Map<number, number> {
  const first = new Map<string, number>()
  const again = new Map<number, number>()
  rows.forEach(({ external_id: id }, line) => {
    if (id === undefined) return
    const before = first.get(id)
    if (before === undefined) first.set(id, line)
    else again.set(line, before)
  })
  return again
}

/** How many of the file's rows are above each; those in a circle come last, where the server refuses them. */
function depths(rows: ImportRow[]): number[] {
  const lineOf = new Map<string, number>()
  rows.forEach(({ external_id: id }, line) => id !== undefined && !lineOf.has(id) && lineOf.set(id, line))
  const known = rows.map(() => -1)
  for (let start = 0; start < rows.length; start++) {
    const way: number[] = []
    let at: number | undefined = start
    while (at !== undefined && known[at] === -1) {
      known[at] = -2
      way.push(at)
      const parent: string | undefined = rows[at]!.parent_external_id
      at = parent === undefined ? undefined : lineOf.get(parent)
    }
    let depth = at === undefined ? -1 : known[at] === -2 ? Infinity : known[at]!
    for (const line of way.toReversed()) {
      depth += 1
      known[line] = depth
    }
  }
  return known
}

export function planParts(rows: ImportRow[], skip: (line: number) => boolean = () => false): Part[] {
  const depth = depths(rows)
  const order = rows.map((row, line) => ({ line, row })).filter(({ line }) => !skip(line)).toSorted((one, other) => (depth[one.line] === depth[other.line] ? one.line - other.line : depth[one.line]! - depth[other.line]!))
  const parts: Part[] = []
  let part: Part = []
  let bytes = 0
  for (const one of order) {
    // three bytes a sign at most, as nearly all scripts have them
    const size = JSON.stringify(one.row).length * 3
    if (part.length > 0 && (part.length >= MOST_ROWS || bytes + size > MOST_BYTES)) {
      parts.push(part)
      part = []
      bytes = 0
    }
    part.push(one)
    bytes += size
  }
  return part.length > 0 ? [...parts, part] : parts
}
