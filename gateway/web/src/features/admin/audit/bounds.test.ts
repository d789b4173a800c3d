import { boundsOf, startOf } from './bounds'

test('a day begins when clocks there say so', () => {
  expect(new Date(startOf('2026-07-01', 'Europe/Berlin')).toISOString()).toBe('2026-06-30T22:00:00.000Z')
  expect(new Date(startOf('2026-03-29', 'Europe/Berlin')).toISOString()).toBe('2026-03-28T23:00:00.000Z')
  expect(new Date(startOf('2026-07-01', 'America/New_York')).toISOString()).toBe('2026-07-01T04:00:00.000Z')
})

test('both days are part of the span', () => {
  expect(boundsOf('2026-02-28', '2026-02-28', 'UTC')).toEqual({ since: '2026-02-28T00:00:00.000Z', before: '2026-03-01T00:00:00.000Z' })
  expect(boundsOf(undefined, undefined, 'UTC')).toEqual({ since: undefined, before: undefined })
})
