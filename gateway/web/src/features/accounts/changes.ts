// What changed of the figures in 30 days; null where what is compared is not what the strip counts, as with lost accounts. Pure.
import type { Summary } from './api'
import type { Changes } from './changes-api'

export type Change = number | null
export type FigureChanges = { accounts: Change; /** as a share */ arr: Change; /** as a share */ atRisk: Change; renewing: Change }

export const NO_CHANGES: FigureChanges = { accounts: null, arr: null, atRisk: null, renewing: null }

const share = (now: number, before: number) => (before > 0 ? Math.round((now / before - 1) * 1000) / 1000 : null)

export function changesOf({ accounts, arr, at_risk, renewing }: Summary, changes: Changes | undefined): FigureChanges {
  if (!changes) return NO_CHANGES
  const { now, before } = changes
  return {
    accounts: now.accounts === accounts ? now.accounts - before.accounts : null,
    arr: now.arr === arr ? share(now.arr, before.arr) : null,
    atRisk: now.at_risk + now.critical === at_risk.accounts && now.revenue_at_risk === at_risk.arr ? share(now.revenue_at_risk, before.revenue_at_risk) : null,
    renewing: now.renewals === renewing.accounts ? now.renewals - before.renewals : null,
  }
}
