import { explanationOf } from './explanation'
import type { Explained } from './health-api'

const row = (component: string, part: string | null, more: Partial<Explained> = {}): Explained => ({
  component, part, metric: null, raw_value: null, target: null, baseline: null, score: null, weight: null, effective_weight: null, points_lost: null, null_reason: null,
  largest_gain: false, reading: '', window_from: null, window_to: null, ...more,
})

const rows = [
  row('overall', null, { score: 49 }),
  row('usage', null, { score: 31, effective_weight: 25, points_lost: 17.25 }),
  row('usage', 'level', { points_lost: 6.4 }),
  row('usage', 'level', { metric: 'logins', points_lost: 4 }),
  row('usage', 'trend', { points_lost: 10.85 }),
  row('engagement', null, { score: 42, effective_weight: 25, points_lost: 14.5 }),
  row('engagement', 'frequency', { points_lost: 8.4, largest_gain: true }),
  row('support', null, { score: 22, effective_weight: 25, points_lost: 19.5 }),
  row('support', 'load', { points_lost: 10 }),
  row('adoption', null, { null_reason: 'none of its parts has data' }),
]

test('components come with what they lost, most first, and earned and lost make their share', () => {
  const { components } = explanationOf(rows, [40, 80])!
  expect(components.map(({ key }) => key)).toEqual(['support', 'usage', 'engagement', 'adoption'])
  for (const { earned, lost, share } of components) expect(earned + lost).toBeCloseTo(share)
  expect(components[1]!.parts.map(({ part, details }) => [part, details.length])).toEqual([['level', 1], ['trend', 0]])
})

test('the largest gain is first, and says where it leads', () => {
  const { gains } = explanationOf(rows, [40, 80])!
  expect(gains.map(({ part }) => part)).toEqual(['frequency', 'trend', 'load'])
  // 100 - 51.25 + 8.4, from 49
  expect(gains[0]).toMatchObject({ score: 57, points: 8, level: 'At Risk', isLargest: true })
})

test('a cap that does not hold the score only limits where a gain leads', () => {
  const { gains } = explanationOf([...rows, row('overall', 'cap', { target: 50 })], [40, 80])!
  expect(gains.map(({ score }) => score)).toEqual([50, 50, 50])
})

test('under a cap no part raises the score', () => {
  const { gains, cap } = explanationOf([...rows, row('overall', 'cap', { target: 35, largest_gain: true })], [40, 80])!
  expect(gains).toEqual([])
  expect(cap?.target).toBe(35)
})

test('without the whole there is nothing to explain', () => expect(explanationOf([], [40, 80])).toBeUndefined())
