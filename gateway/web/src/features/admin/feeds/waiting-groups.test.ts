import type { WaitingRow } from './waiting-api'
import { groupsOf } from './waiting-groups'

const row = (external_id: string, recorded_at: string, more: Partial<WaitingRow> = {}): WaitingRow => ({ external_id, metric_type: 'logins', recorded_at, ends_at: '2026-12-30T00:00:00Z', ended_at: null, reason: null, ...more })

test('rows of one id are one line, with first, last, kinds and the first end', () => {
  const rows = [row('b', '2026-12-01T00:00:00Z'), row('b', '2026-11-01T00:00:00Z', { metric_type: 'api_calls', ends_at: '2026-12-20T00:00:00Z' }), row('b', '2026-11-15T00:00:00Z')]
  expect(groupsOf(rows)).toEqual([{ id: 'b', rows: 3, kinds: ['logins', 'api_calls'], first: '2026-11-01T00:00:00Z', last: '2026-12-01T00:00:00Z', endsAt: '2026-12-20T00:00:00Z', endedAt: null, reason: null }])
})

test('what ends first comes first, what has ended last, with its reason', () => {
  const ended = { ended_at: '2026-11-20T00:00:00Z', reason: 'no such account' }
  const groups = groupsOf([row('gone', '2026-10-01T00:00:00Z', ended), row('late', '2026-11-01T00:00:00Z'), row('soon', '2026-11-01T00:00:00Z', { ends_at: '2026-12-02T00:00:00Z' }), row('late', '2026-10-01T00:00:00Z', ended)])
  expect(groups.map(({ id, endedAt, reason }) => [id, endedAt !== null, reason])).toEqual([['soon', false, null], ['late', false, null], ['gone', true, 'no such account'], ['late', true, 'no such account']])
})
