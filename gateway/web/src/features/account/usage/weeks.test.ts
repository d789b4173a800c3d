import { shadesOf, usesOf } from './weeks'
import type { UsageWeek } from './usage-api'

const weeks = (metric_type: UsageWeek['metric_type'], totals: number[]): UsageWeek[] =>
  totals.map((total, i) => ({ metric_type, total, days: 1, week: new Date(Date.UTC(2026, 0, 5 + 7 * i)).toISOString().slice(0, 10), last_day: '2026-03-30' }))

test('the last weeks, each with the week one period earlier', () => {
  const [use] = usesOf(weeks('logins', [1, 2, 3, 4, 5, 6]), 3)
  expect(use!.columns.map(({ value, before }) => [value, before])).toEqual([[4, 1], [5, 2], [6, 3]])
  expect(use).toMatchObject({ total: 15, before: 6, start: '2026-01-26' })
  expect(use!.columns.map(({ open }) => open)).toEqual([false, false, true])
})

test('a period that began before the first use has no sum', () => {
  const [use] = usesOf(weeks('api_calls', [1, 2, 3, 4]), 3)
  expect(use!.columns.map(({ before }) => before)).toEqual([null, null, 1])
  expect(use!.before).toBeNull()
})

test('pauses lie where their days are, and are cut at the ends', () => {
  const shade = (from: string, to?: string) => shadesOf([{ kind: 'quiet', from, to }], '2026-01-05', 2).map((one) => [one.from, one.to])
  expect(shade('2026-01-05', '2026-01-11')).toEqual([[0, 0.5]])
  expect(shade('2026-01-12')).toEqual([[0.5, 1]])
  expect(shade('2025-12-24', '2026-01-01')).toEqual([])
  expect(shade('2026-01-18', '2026-02-01')).toEqual([[13 / 14, 1]])
})
