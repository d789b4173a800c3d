// Which playbooks the list shows, and in which order; and how often each ran of late. Pure.
import type { Vocabulary } from '@/components/criteria-builder/names'
import { rank } from '@/lib/rank'
import type { RecentRun } from '../api'
import { triggerSentence } from '../sentence'
import type { AutomationSearch } from '../search'
import { STATES, type Playbook } from '../playbook-types'

export function chosen(all: Playbook[], { q = '', sort = 'name' }: AutomationSearch, vocabulary: Vocabulary) {
  const found = q.trim() === '' ? all : all.filter((one) => rank(q, one.name) > 0 || rank(q, triggerSentence(one.trigger_criteria.event, one.trigger_criteria.when, vocabulary)) > 0)
  const by: Record<string, (one: Playbook, other: Playbook) => number> = {
    name: (one, other) => one.name.localeCompare(other.name),
    runs: (one, other) => other.ran_30d - one.ran_30d,
    last: (one, other) => (other.last_match_at ?? '').localeCompare(one.last_match_at ?? ''),
    state: (one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state),
  }
  return found.toSorted(by[sort])
}

export type Lately = { days: number[]; day: number; week: number; today: number }

const DAY = 86_400_000

/** Runs of the last seven times 24 hours, the oldest first, and those of today in the tenant's time zone. */
export function lately(runs: RecentRun[], playbook: string, timeZone: string, now: number): Lately {
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone })
  const todays = dayOf.format(now)
  const days = Array.from({ length: 7 }, () => 0)
  let today = 0
  for (const run of runs) {
    if (run.playbook_id !== playbook) continue
    const at = Date.parse(run.executed_at)
    const ago = Math.floor((now - at) / DAY)
    if (ago >= 0 && ago < 7) days[6 - ago]! += 1
    if (dayOf.format(at) === todays) today += 1
  }
  return { days, day: days[6]!, week: days.reduce((sum, one) => sum + one, 0), today }
}
