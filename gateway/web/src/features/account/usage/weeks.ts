// Weeks of usage as columns, with the same weeks of the period before, and which of their days do not count. Pure.
import type { Column, Shade } from '@/components/chart/week-columns'
import { METRICS, type Metric, type UsageWeek } from './usage-api'

const DAY_MS = 86_400_000
const time = (day: string) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`)

export type MetricUse = { metric: Metric; columns: Column[]; start: string; total: number; before: number | null; lastDay: string }

/** The last `count` weeks of each type that was ever used, this week last. */
export function usesOf(weeks: readonly UsageWeek[], count: number): MetricUse[] {
  const metrics = METRICS.filter((metric) => weeks.some((one) => one.metric_type === metric))
  return metrics.map((metric) => {
    const own = weeks.filter((one) => one.metric_type === metric)
    const shown = own.slice(-count)
    const offset = own.length - shown.length
    const columns = shown.map((one, i): Column => ({ key: one.week, value: one.total, before: own[offset + i - count]?.total ?? null, open: i === shown.length - 1 }))
    const whole = columns.every((one) => one.before !== null)
    return {
      metric,
      columns,
      start: shown[0]!.week,
      total: columns.reduce((sum, one) => sum + one.value, 0),
      before: whole ? columns.reduce((sum, one) => sum + one.before!, 0) : null,
      lastDay: own[0]!.last_day,
    }
  })
}

export type Pause = { kind: Shade['kind']; from: string; /** absent: it goes on */ to?: string }

/** Where the pauses lie on the weeks that begin with `start`; the days of both ends are included. */
export function shadesOf(pauses: readonly Pause[], start: string, weeks: number): Shade[] {
  const begin = time(start)
  const length = weeks * 7 * DAY_MS
  return pauses.flatMap((pause) => {
    const from = Math.max(0, (time(pause.from) - begin) / length)
    const to = Math.min(1, pause.to === undefined ? 1 : (time(pause.to) + DAY_MS - begin) / length)
    return to > from ? [{ key: `${pause.kind}-${pause.from}`, kind: pause.kind, from, to }] : []
  })
}
