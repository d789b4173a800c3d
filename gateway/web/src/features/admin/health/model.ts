// The health model as it is edited: shares of 100, and caps that keep their identity while they are moved. Pure.
import type { Criteria } from '@/lib/criteria'
import { shares, type Weights } from './balance'
import type { StoredModel } from './health-api'

export const AT_RISK = 'at_risk'
export const TARGETS = ['logins', 'feature_usage', 'api_calls'] as const
export type Target = (typeof TARGETS)[number]

export type Cap = { id: string; when: Criteria; max: number | string; reason: string; is_active: boolean }
export type Alias = { old: string; now: string }
export type Period = { from: string; to: string }
export type Model = {
  weights: Weights
  thresholds: { critical: number; healthy: number }
  targets: Record<Target, number>
  caps: Cap[]
  key_features: string[]
  feature_aliases: Alias[]
  quiet_periods: Period[]
}

export function modelOf(stored: StoredModel): Model {
  const { weights, thresholds, targets, caps, key_features, feature_aliases, quiet_periods } = stored
  return {
    weights: shares(weights),
    thresholds,
    targets,
    caps: caps.map((cap, at) => ({ id: `cap-${at}`, ...cap })),
    key_features,
    feature_aliases: Object.entries(feature_aliases).map(([old, now]) => ({ old, now })),
    quiet_periods: quiet_periods.map(({ from, to }) => ({ from, to })),
  }
}

export function storedOf(model: Model): StoredModel {
  return {
    ...model,
    caps: model.caps.map(({ when, max, reason, is_active }) => ({ when, max, reason, is_active })),
    feature_aliases: Object.fromEntries(model.feature_aliases.map(({ old, now }) => [old.trim(), now.trim()])),
  }
}

export const newCap = (): Cap => ({ id: `cap-${crypto.randomUUID()}`, when: { all: [] }, max: AT_RISK, reason: '', is_active: true })

/** The most that a cap allows, in points. */
export const capMost = ({ max }: Pick<Cap, 'max'>, healthy: number) => (typeof max === 'number' ? max : healthy - 1)

/** Levels that keep their order, whichever is moved. */
export const withCritical = ({ healthy }: Model['thresholds'], wanted: number) => ({ healthy, critical: Math.min(Math.max(1, Math.round(wanted)), healthy - 1) })
export const withHealthy = ({ critical }: Model['thresholds'], wanted: number) => ({ critical, healthy: Math.max(Math.min(100, Math.round(wanted)), critical + 1) })

export type Fault = 'target' | 'alias' | 'period'

export function faultsOf({ targets, feature_aliases, quiet_periods }: Model): Fault[] {
  const checks: [Fault, boolean][] = [
    ['target', Object.values(targets).some((one) => !(one > 0))],
    ['alias', feature_aliases.some(({ old, now }) => !old.trim() || !now.trim() || old.trim() === now.trim())],
    ['period', quiet_periods.some(({ from, to }) => !from || !to || from > to)],
  ]
  return checks.flatMap(([fault, holds]) => (holds ? [fault] : []))
}
