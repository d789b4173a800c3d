// How far the list indents each row: one step under its parent, as long as the parent is on the list. Pure.
import type { Account } from './api'

export type Row = Account & { depth: number }

/** Takes accounts in tree order, parents before their children. */
export function withDepth(accounts: Account[]): Row[] {
  const depths = new Map<string, number>()
  return accounts.map((account) => {
    const above = account.parent_id === null ? undefined : depths.get(account.parent_id)
    const depth = above === undefined ? 0 : above + 1
    depths.set(account.id, depth)
    return { ...account, depth }
  })
}

export const withoutDepth = (accounts: Account[]): Row[] => accounts.map((account) => ({ ...account, depth: 0 }))
