// What playbooks wait for, what came of them and what they did, in the reader's language.
import { t } from '@/lib/i18n'

const RESULTS = ['fired', 'failed', 'paused', 'churned', 'stale_feed', 'low_confidence', 'chain', 'cooldown', 'daily_cap', 'burst', 'dropped'] as const
const EVENTS = [
  'health_drop', 'health_drop_by', 'risk_level_change', 'component_below', 'stage_enter', 'stage_exit', 'stage_stuck', 'usage_decline', 'metric_absent', 'ticket_spike',
  'contract_ending', 'milestone_overdue', 'attribute_change', 'schedule', 'manual',
] as const
const ACTIONS = ['webhook', 'slack', 'email', 'task', 'stage'] as const

export function resultText(result: string) {
  const known = RESULTS.find((one) => one === result)
  return known ? t(`run.${known}`) : result
}

export function eventText(kind: string) {
  const known = EVENTS.find((one) => one === kind)
  return known ? t(`event.${known}`) : kind
}

export function actionText({ kind, result }: { kind: string; result?: string | null }) {
  const known = ACTIONS.find((one) => one === kind)
  const name = known ? t(`action.${known}`) : kind
  return result && result !== 'done' && result !== 'queued' ? `${name}: ${result}` : name
}
