// A playbook as it is edited, from what the server has and back to what it takes. Pure.
import { fromCriteria, isWhole, toCriteria, type Branch } from '@/components/criteria-builder/tree'
import type { Template } from '../api'
import { allActions, type Action, type AwaitedEvent, type Playbook } from '../playbook-types'
import { eventOf } from '../events'

/** Each action has a number of its own, so that it keeps its place on screen. */
export type DraftAction = Action & { key: number }
export type Draft = {
  name: string
  description: string
  event: AwaitedEvent
  when: Branch
  actions: DraftAction[]
  cooldown: number
  cap: number | null
  isOrdered: boolean
  attempts: number | null
}

export const MOST_ACTIONS = 5
let last = 0
export const keyed = (action: Action): DraftAction => ({ ...action, key: ++last })

export const emptyDraft = (): Draft => ({ name: '', description: '', event: eventOf('health_drop'), when: fromCriteria(undefined), actions: [keyed({ kind: 'slack', url: '', text: '{{account_name}}: {{health_score}}' })], cooldown: 1440, cap: null, isOrdered: false, attempts: null })

export const fromTemplate = (template: Template): Draft => ({
  ...emptyDraft(), name: template.name, description: template.description, event: template.trigger_criteria.event, when: fromCriteria(template.trigger_criteria.when), actions: template.actions.map(keyed), cooldown: template.cooldown_minutes,
})

export const fromPlaybook = (playbook: Playbook): Draft => ({
  name: playbook.name,
  description: playbook.description ?? '',
  event: playbook.trigger_criteria.event,
  when: fromCriteria(playbook.trigger_criteria.when),
  actions: allActions(playbook).map(keyed),
  cooldown: playbook.cooldown_minutes,
  cap: playbook.max_executions_per_day,
  isOrdered: playbook.is_ordered,
  attempts: playbook.max_attempts,
})

/** As save_playbook takes it. The first webhook is the playbook's own. */
export function toSave(draft: Draft) {
  const actions = draft.actions.map(({ key: _key, ...action }) => action as Action)
  const own = actions[0]?.kind === 'webhook' ? String(actions[0].url ?? '') : null
  const when = toCriteria(draft.when)
  return {
    name: draft.name.trim(),
    description: draft.description.trim() || null,
    trigger_criteria: { event: draft.event, ...(when && { when }) },
    webhook_url: own,
    actions: own === null ? actions : actions.slice(1),
    cooldown_minutes: draft.cooldown,
    max_executions_per_day: draft.cap,
    is_ordered: draft.isOrdered,
    max_attempts: draft.attempts,
  }
}
export type Saved = ReturnType<typeof toSave>

export const same = (one: Draft, other: Draft) => JSON.stringify(toSave(one)) === JSON.stringify(toSave(other))

/** What is missing before it can be saved, by the field that the server would name. */
export function missing(draft: Draft): string | undefined {
  if (draft.name.trim() === '') return 'name'
  if (!isWhole(draft.when)) return 'when'
  const at = draft.actions.findIndex((one) => (one.kind === 'webhook' || one.kind === 'slack') && String(one.url ?? '').trim() === '')
  return at < 0 ? undefined : `actions[${at}].url`
}

/** The place in the form of a field that the server names: actions are counted with the playbook's own webhook. */
export function placeOf(field: string, draft: Draft): string {
  const hasOwn = draft.actions[0]?.kind === 'webhook'
  if (field === 'webhook_url') return 'actions[0].url'
  const match = /^actions\[(\d+)\](.*)$/.exec(field)
  if (match) return `actions[${Number(match[1]) + (hasOwn ? 1 : 0)}]${match[2]}`
  return field.replace('trigger_criteria.', '')
}
