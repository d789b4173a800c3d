import { heldBy, perDay } from './days'

const one = (at: string, result: string) => ({ at, result, account_id: 'a', account_name: 'A', event: {} })
const now = Date.parse('2026-11-30T12:00:00Z')

test('firings are counted by the tenant’s days', () => {
  const rows = [one('2026-11-30T01:00:00Z', 'fired'), one('2026-11-30T02:00:00Z', 'cooldown'), one('2026-11-28T23:30:00Z', 'fired')]
  expect(perDay(rows, 2, 'UTC', now)).toEqual([{ day: '2026-11-28', ran: 1, held: 0 }, { day: '2026-11-29', ran: 0, held: 0 }, { day: '2026-11-30', ran: 1, held: 1 }])
  expect(perDay(rows, 2, 'Europe/Berlin', now)[1]).toEqual({ day: '2026-11-29', ran: 1, held: 0 })
  expect(heldBy(rows)).toEqual([{ result: 'cooldown', n: 1 }])
})
