// Weights that always sum up to 100 in whole numbers: where one is set, those that are not locked give way. Pure.
import { COMPONENTS, type Component } from '@/lib/components-of-health'

export type Weights = Record<Component, number>
const ALL = 100

/** Whole numbers in these proportions that sum up to a total; what is lost by rounding goes to the largest remainders. */
export function apportion(parts: readonly number[], total: number): number[] {
  const sum = parts.reduce((so, part) => so + part, 0)
  const exact = parts.map((part) => (sum > 0 ? (part / sum) * total : total / parts.length))
  const whole = exact.map(Math.floor)
  const missing = total - whole.reduce((so, part) => so + part, 0)
  const first = exact.map((part, at) => ({ at, rest: part - Math.floor(part) })).toSorted((a, b) => b.rest - a.rest).slice(0, missing)
  return whole.map((part, at) => part + (first.some((one) => one.at === at) ? 1 : 0))
}

/** As shares of 100, however they are stored. */
export function shares(weights: Weights): Weights {
  const parts = apportion(COMPONENTS.map((key) => weights[key]), ALL)
  return Object.fromEntries(COMPONENTS.map((key, at) => [key, parts[at]!])) as Weights
}

export const even = (): Weights => shares({ usage: 1, engagement: 1, support: 1, adoption: 1 })

/** The most that one can have beside those that are locked. */
export const most = (weights: Weights, locked: readonly Component[], key: Component) => ALL - locked.filter((one) => one !== key).reduce((sum, one) => sum + weights[one], 0)

export function balance(weights: Weights, locked: readonly Component[], key: Component, wanted: number): Weights {
  const others = COMPONENTS.filter((one) => one !== key && !locked.includes(one))
  if (others.length === 0 || !Number.isFinite(wanted)) return weights
  const limit = most(weights, locked, key)
  const value = Math.min(limit, Math.max(0, Math.round(wanted)))
  const rest = apportion(others.map((one) => weights[one]), limit - value)
  return { ...weights, [key]: value, ...Object.fromEntries(others.map((one, at) => [one, rest[at]!])) }
}
