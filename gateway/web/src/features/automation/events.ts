// The kinds of event a playbook can wait for, and which values each takes. Pure.
import type { Criteria } from '@/lib/criteria'
import type { AwaitedEvent } from './playbook-types'

export type Param =
  | { key: string; type: 'number'; most: number; unit?: 'days' | 'points' | 'percent'; start: number }
  | { key: string; type: 'choice'; of: 'level' | 'component' | 'metric'; start: string }
  | { key: string; type: 'stage' | 'milestone' | 'field' | 'value' | 'cron'; start?: string }

const days = (start: number): Param => ({ key: 'days', type: 'number', most: 365, unit: 'days', start })
const threshold = (start: number): Param => ({ key: 'threshold', type: 'number', most: 100, start })
const metric: Param = { key: 'metric', type: 'choice', of: 'metric', start: 'logins' }
const stage: Param = { key: 'stage', type: 'stage' }

export const EVENTS = {
  health_drop: [threshold(40)],
  health_drop_by: [{ key: 'points', type: 'number', most: 100, unit: 'points', start: 15 }, days(30)],
  risk_level_change: [{ key: 'to', type: 'choice', of: 'level', start: 'Critical' }],
  component_below: [{ key: 'component', type: 'choice', of: 'component', start: 'usage' }, threshold(40)],
  stage_enter: [stage],
  stage_exit: [stage],
  stage_stuck: [stage],
  usage_decline: [metric, { key: 'percent', type: 'number', most: 100, unit: 'percent', start: 30 }, days(30)],
  metric_absent: [metric, days(14)],
  ticket_spike: [],
  contract_ending: [days(60)],
  milestone_overdue: [{ key: 'milestone', type: 'milestone' }],
  attribute_change: [{ key: 'field', type: 'field', start: 'csm' }, { key: 'to', type: 'value' }],
  schedule: [{ key: 'cron', type: 'cron', start: '0 9 * * MON' }],
  manual: [],
} satisfies Record<string, Param[]>

export type EventKind = keyof typeof EVENTS
export const EVENT_KINDS = Object.keys(EVENTS) as EventKind[]
export const paramsOf = (kind: string): readonly Param[] => EVENTS[kind as EventKind] ?? []

export const LEVELS = ['Healthy', 'At Risk', 'Critical'] as const
export const COMPONENTS = ['usage', 'engagement', 'support', 'adoption'] as const
export const METRICS = ['logins', 'feature_usage', 'api_calls', 'support_tickets'] as const
/** The fields of an account whose changes can be waited for, besides those of the CRM. */
export const WATCHED = ['csm', 'status', 'arr', 'contract_end_date', 'industry', 'parent', 'name', 'external_id'] as const

/** A new event of a kind, with what is usual; values that both kinds have are kept. */
export function eventOf(kind: string, before: AwaitedEvent = { kind }): AwaitedEvent {
  const values = paramsOf(kind).flatMap((param) => {
    const value = before[param.key] ?? param.start
    return value === undefined ? [] : [[param.key, value] as const]
  })
  return { kind, ...Object.fromEntries(values) }
}

/** The state of an account that an event means, where criteria can say it. */
export function stateOf({ kind, ...event }: AwaitedEvent): Criteria | undefined {
  switch (kind) {
    case 'health_drop':
      return { field: 'health_score', op: 'lt', value: event.threshold }
    case 'risk_level_change':
      return { field: 'risk_level', op: 'eq', value: event.to }
    case 'component_below':
      return { field: `${String(event.component)}_score`, op: 'lt', value: event.threshold }
    case 'stage_enter':
      return event.stage === undefined ? undefined : { field: 'stage', op: 'eq', value: event.stage }
    case 'contract_ending':
      return { field: 'days_to_renewal', op: 'between', value: [0, event.days] }
    case 'attribute_change':
      return event.to === undefined ? undefined : { field: String(event.field), op: 'eq', value: event.to }
    default:
      return undefined
  }
}

/** Whether accounts can be in the state already when the playbook is switched on. */
export const hasPresent = (event: AwaitedEvent) => !['stage_exit', 'manual', 'schedule'].includes(event.kind) && !(event.kind === 'attribute_change' && event.to === undefined)
