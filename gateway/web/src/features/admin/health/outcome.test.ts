import { outcomeOf } from './outcome'
import type { PreviewRow } from './health-api'

const row = (account_id: string, old_score: number | null, new_score: number | null, old_level: PreviewRow['old_level'], new_level: PreviewRow['new_level'], playbooks: string[] = []): PreviewRow => ({ account_id, old_score, new_score, old_level, new_level, playbooks })
const portfolio = new Map([['a', { name: 'A', arr: 100 }], ['b', { name: 'B', arr: 20 }], ['c', { name: 'C', arr: 3 }]])
const rows = [row('a', 78, 82, 'At Risk', 'Healthy'), row('b', 43, 38, 'At Risk', 'Critical', ['Alert']), row('c', null, null, null, null)]

test('now, then, and who moves where', () => {
  const found = outcomeOf(rows, portfolio)
  expect(found.accounts).toBe(3)
  expect(found.before['At Risk']).toMatchObject({ accounts: 2, arr: 120 })
  expect(found.after).toMatchObject({ Healthy: { accounts: 1, arr: 100 }, 'At Risk': { accounts: 0 }, Critical: { accounts: 1, arr: 20 }, 'No data': { accounts: 1, arr: 3 } })
  expect(found.moves['At Risk'].Critical).toEqual({ accounts: 1, arr: 20, ids: ['b'] })
  expect(found.rises.ids).toEqual(['a'])
  expect(found.falls.ids).toEqual(['b'])
})

test('the largest movers first, and the playbooks that would fire', () => {
  const found = outcomeOf(rows, portfolio)
  expect(found.movers.map(({ name, change }) => [name, change])).toEqual([['B', -5], ['A', 4]])
  expect(found.firing).toEqual([{ playbook: 'Alert', accounts: [{ id: 'b', name: 'B' }] }])
})

test('no more than twenty movers', () => {
  const many = Array.from({ length: 30 }, (_, i) => row(`n${i}`, 50, 50 + i, 'At Risk', 'At Risk'))
  expect(outcomeOf(many, new Map()).movers).toHaveLength(20)
})
