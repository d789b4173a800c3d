// Usage without an account, by the id that the account would have: those that end first, then what has ended. Pure.
import type { WaitingRow } from './waiting-api'

export type WaitingGroup = { id: string; rows: number; kinds: string[]; first: string; last: string; /** the first of them */ endsAt: string; endedAt: string | null; reason: string | null }

export function groupsOf(rows: WaitingRow[]): WaitingGroup[] {
  const found = new Map<string, WaitingGroup>()
  for (const { external_id: id, metric_type: kind, recorded_at: at, ends_at, ended_at, reason } of rows) {
    const key = JSON.stringify([id, ended_at === null, reason])
    const known = found.get(key) ?? { id, rows: 0, kinds: [], first: at, last: at, endsAt: ends_at, endedAt: ended_at, reason }
    found.set(key, {
      ...known,
      rows: known.rows + 1,
      kinds: known.kinds.includes(kind) ? known.kinds : [...known.kinds, kind],
      first: earlier(known.first, at),
      last: earlier(known.last, at) === at ? known.last : at,
      endsAt: earlier(known.endsAt, ends_at),
    })
  }
  const order = ({ endedAt, endsAt }: WaitingGroup) => (endedAt === null ? Date.parse(endsAt) : Infinity)
  return [...found.values()].toSorted((one, other) => (order(one) === order(other) ? one.id.localeCompare(other.id) : order(one) - order(other)))
}

const earlier = (one: string, other: string) => (Date.parse(one) <= Date.parse(other) ? one : other)
