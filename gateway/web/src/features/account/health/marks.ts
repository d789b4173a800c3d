// What may have moved a score, numbered in order. Pure.
import type { AccountEvent } from '../api'

export type Mark = { n: number; at: number; kind: string; title: string; body: string | null; tone?: 'bad' }
type Words = { model: (version: number) => string; event: (event: AccountEvent) => string }
type Model = { version: number; created_at: string }

const isBad = (event: AccountEvent) => event.kind === 'playbook' || (event.kind === 'arr' && Number(event.details.to) < Number(event.details.from))

/** Playbooks that were held back moved nothing. */
export function marksOf(events: readonly AccountEvent[], models: readonly Model[], from: number, words: Words): Mark[] {
  const told = events
    .filter((event) => event.kind !== 'playbook' || event.details.result === 'fired')
    .map((event) => ({ at: Date.parse(event.at), kind: event.kind, title: words.event(event), body: event.body, tone: isBad(event) ? ('bad' as const) : undefined }))
  const published = models.filter((one) => one.version > 1).map((one) => ({ at: Date.parse(one.created_at), kind: 'model', title: words.model(one.version), body: null, tone: undefined }))
  return [...told, ...published]
    .filter(({ at }) => at >= from)
    .toSorted((a, b) => a.at - b.at)
    .map((one, i) => ({ ...one, n: i + 1 }))
}
