// Firings of a back-test, day by day in the tenant's time zone, and why others were held back. Pure.
import type { DayBar } from '@/components/chart/day-bars'
import type { Firing } from './api'

const DAY = 86_400_000
const RAN = ['fired', 'failed']

export function perDay(firings: Firing[], days: number, timeZone: string, now: number): DayBar[] {
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone })
  // a set keeps days once where a clock is put back
  const keys = [...new Set(Array.from({ length: days + 1 }, (_, i) => dayOf.format(now - (days - i) * DAY)))]
  const bars = new Map(keys.map((day) => [day, { day, ran: 0, held: 0 }]))
  for (const { at, result } of firings) {
    const bar = bars.get(dayOf.format(Date.parse(at)))
    if (bar) bar[RAN.includes(result) ? 'ran' : 'held'] += 1
  }
  return [...bars.values()]
}

/** How often each gate held one back, the most often first. */
export function heldBy(firings: Firing[]) {
  const counts = new Map<string, number>()
  for (const { result } of firings) if (!RAN.includes(result)) counts.set(result, (counts.get(result) ?? 0) + 1)
  return [...counts].map(([result, n]) => ({ result, n })).toSorted((one, other) => other.n - one.n)
}
