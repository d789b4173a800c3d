import type { StoredModel } from './health-api'
import { capMost, faultsOf, modelOf, storedOf, withCritical, withHealthy } from './model'

const stored: StoredModel = {
  weights: { usage: 1, engagement: 1, support: 1, adoption: 1 },
  thresholds: { critical: 40, healthy: 80 },
  targets: { logins: 40, feature_usage: 100, api_calls: 500 },
  caps: [{ when: { field: 'seats', op: 'gte', value: 10 }, max: 'at_risk', reason: 'x', is_active: true }],
  key_features: [],
  feature_aliases: { old: 'new' },
  quiet_periods: [{ from: '2026-12-24', to: '2026-12-31' }],
}

test('what is stored comes back the same, with weights as shares', () => {
  expect(storedOf(modelOf(stored))).toEqual({ ...stored, weights: { usage: 25, engagement: 25, support: 25, adoption: 25 } })
})

test('the levels keep their order', () => {
  const levels = stored.thresholds
  expect(withCritical(levels, 90)).toEqual({ critical: 79, healthy: 80 })
  expect(withCritical(levels, 0)).toEqual({ critical: 1, healthy: 80 })
  expect(withHealthy(levels, 10)).toEqual({ critical: 40, healthy: 41 })
  expect(withHealthy(levels, 120)).toEqual({ critical: 40, healthy: 100 })
})

test('a cap follows the healthy level unless it has a number', () => {
  expect(capMost({ max: 'at_risk' }, 75)).toBe(74)
  expect(capMost({ max: 60 }, 75)).toBe(60)
})

test('what is not whole is named', () => {
  const model = modelOf(stored)
  expect(faultsOf(model)).toEqual([])
  expect(faultsOf({ ...model, targets: { ...model.targets, logins: 0 }, feature_aliases: [{ old: 'a', now: ' ' }], quiet_periods: [{ from: '2026-02-01', to: '2026-01-01' }] })).toEqual(['target', 'alias', 'period'])
})
