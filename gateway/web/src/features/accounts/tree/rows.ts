// The list as families: rows in the order of the tree, with those above a match that do not match themselves, and without what is
// folded away. Pure.
import type { Account } from '../api'

export type TreeRow = { account: Account; depth: number; /** only gives context */ context: boolean }

const above = (path: string) => path.split('/').slice(0, -1)

/** The ids of those above the rows that are not among them. */
export function missing(rows: Account[]): string[] {
  const known = new Set(rows.map((row) => row.id))
  return [...new Set(rows.flatMap((row) => above(row.hierarchy_path)))].filter((id) => !known.has(id))
}

/** Takes rows in the order of the tree; `others` are those above, in any order. */
export function treeRows(rows: Account[], others: Account[], folded: ReadonlySet<string>): TreeRow[] {
  const byId = new Map(others.map((one) => [one.id, one]))
  const placed = new Set<string>()
  const found: TreeRow[] = []
  const add = (account: Account, context: boolean, path: string[]) => {
    if (placed.has(account.id)) return
    placed.add(account.id)
    if (!path.some((id) => folded.has(id))) found.push({ account, depth: path.length, context })
  }
  for (const row of rows) {
    const path = above(row.hierarchy_path)
    path.forEach((id, i) => {
      const parent = byId.get(id)
      if (parent) add(parent, true, path.slice(0, i))
    })
    add(row, false, path)
  }
  return found
}
