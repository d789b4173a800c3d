// How accounts flow through the stages, stage by stage. Pure.
import type { StageName } from '@/lib/names'
import type { Growth } from './api'

export type StageGrowth = { name: string; color: string | null; weeks: number[]; entries: number; source: { from: string | null; moves: number; days: number | null } | null }

const WEEK = 7 * 86_400_000

/** The Mondays from the first to the last, so that a week without entries has its place too. */
export function mondays(first: string, last: string) {
  const all: string[] = []
  for (let at = Date.parse(`${first}T00:00:00Z`); at <= Date.parse(`${last}T00:00:00Z`); at += WEEK) all.push(new Date(at).toISOString().slice(0, 10))
  return all
}

export const mondayOf = (at: number) => {
  const day = new Date(at)
  return new Date(at - ((day.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10)
}

export function growthOf({ weeks, flows }: Growth, stages: Pick<StageName, 'name' | 'color'>[], all: string[]): StageGrowth[] {
  const names = [...stages.map((one) => one.name), ...new Set(weeks.map((one) => one.stage).filter((name) => !stages.some((one) => one.name === name)))]
  return names
    .map((name) => {
      const own = weeks.filter((one) => one.stage === name)
      const largest = flows.filter((one) => one.to_stage === name).toSorted((a, b) => b.moves - a.moves)[0]
      return {
        name,
        color: stages.find((one) => one.name === name)?.color ?? null,
        weeks: all.map((week) => own.find((one) => one.week === week)?.entries ?? 0),
        entries: own.reduce((sum, one) => sum + one.entries, 0),
        source: largest ? { from: largest.from_stage, moves: largest.moves, days: largest.median_days } : null,
      }
    })
    .filter((one) => one.entries > 0)
}
