// The rows of an explanation, sorted out: the whole, its four components with their parts, what would raise it most. Pure.
import { COMPONENTS, type Component } from '@/lib/components-of-health'
import { LEVELS, type Level } from '@/lib/levels'
import { metricName } from './part-names'
import type { Explained } from './health-api'

export type Part = Explained & { part: string; details: Explained[] }
export type ComponentRow = { key: Component; row: Explained; earned: number; lost: number; share: number; parts: Part[] }
export type Gain = { component: Component; part: string; points: number; reading: string; score: number; level: Level; isLargest: boolean }

export type Explanation = {
  overall: Explained
  cap: Explained | undefined
  override: Explained | undefined
  /** most points lost first */
  components: ComponentRow[]
  /** none where the cap is what holds the score */
  gains: Gain[]
}

const isComponent = (key: string): key is Component => COMPONENTS.includes(key as Component)

export function explanationOf(rows: Explained[], thresholds: [number, number]): Explanation | undefined {
  const overall = rows.find((row) => row.component === 'overall' && row.part === null)
  if (!overall) return undefined
  const own = (part: string) => rows.find((row) => row.component === 'overall' && row.part === part)
  const components = COMPONENTS.flatMap((key): ComponentRow[] => {
    const row = rows.find((one) => one.component === key && one.part === null)
    if (!row) return []
    const share = row.effective_weight ?? 0
    const lost = row.points_lost ?? 0
    const parts = rows
      .filter((one) => one.component === key && one.part !== null && one.metric === null)
      .map((one): Part => ({ ...one, part: one.part!, details: rows.filter((it) => it.component === key && it.part === one.part && it.metric !== null) }))
    return [{ key, row, share, lost, earned: Math.max(0, share - lost), parts }]
  }).toSorted((a, b) => b.lost - a.lost)
  return { overall, cap: own('cap'), override: own('override'), components, gains: own('cap')?.largest_gain ? [] : gainsOf(overall, components, thresholds, own('cap')?.target ?? 100) }
}

export const detailText = (detail: Explained) => (detail.metric === null ? detail.reading : `${metricName(detail.metric)}: ${detail.reading}`)

/** What was measured; of a part that is made of several kinds of usage, the kind that costs most. */
export function readingOf({ reading, details }: Part) {
  const lost = (one: Explained) => one.points_lost ?? 0
  const worst = details.filter((one) => lost(one) > 0).toSorted((a, b) => lost(b) - lost(a))[0]
  return worst ? detailText(worst) : reading
}

const MOST_GAINS = 3

/** `most`: what a cap lets the score be. */
function gainsOf(overall: Explained, components: ComponentRow[], thresholds: [number, number], most: number): Gain[] {
  // a component is a whole number, so that the largest gain may be less than what its part lost
  const now = overall.score ?? 0
  const raw = 100 - components.reduce((sum, one) => sum + one.lost, 0)
  return components
    .flatMap(({ key, parts }) => parts.map((part) => ({ key, part })))
    .filter(({ part }) => (part.points_lost ?? 0) >= 0.5)
    .toSorted((a, b) => Number(b.part.largest_gain) - Number(a.part.largest_gain) || b.part.points_lost! - a.part.points_lost!)
    .slice(0, MOST_GAINS)
    .map(({ key, part }) => {
      const score = Math.min(most, Math.floor(raw + part.points_lost! + 0.5))
      return { component: key, part: part.part, points: Math.max(0, score - now), reading: readingOf(part), score, level: levelOf(score, thresholds), isLargest: part.largest_gain }
    })
}

export const levelOf = (score: number, [critical, healthy]: [number, number]): Level => (score >= healthy ? LEVELS[0] : score >= critical ? LEVELS[1] : LEVELS[2])

export { isComponent }
