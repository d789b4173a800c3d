import { changesOf, NO_CHANGES } from './changes'

const figures = (accounts: number, arr: number) => ({ accounts, arr })
const summary = { ...figures(41, 5960), at_risk: figures(19, 2180), renewing: figures(10, 900), at_risk_renewing: figures(3, 400) }
const now = { accounts: 41, arr: 5960, at_risk: 14, critical: 5, revenue_at_risk: 2180, renewals: 10, renewals_arr: 900 }
const before = { accounts: 37, arr: 5633, at_risk: 12, critical: 4, revenue_at_risk: 2000, renewals: 12, renewals_arr: 1000 }

test('money changes by a share, accounts by their number', () => {
  expect(changesOf(summary, { now, before })).toEqual({ accounts: 4, arr: 0.058, atRisk: 0.09, renewing: -2 })
})

test('what is counted otherwise is not compared, and nothing came of nothing', () => {
  expect(changesOf({ ...summary, accounts: 42 }, { now, before })).toMatchObject({ accounts: null, arr: 0.058 })
  expect(changesOf(summary, { now, before: { ...before, arr: 0 } })).toMatchObject({ arr: null })
  expect(changesOf(summary, undefined)).toEqual(NO_CHANGES)
})
