// The parts of each component of a score, and what raises them, in the reader's language.
import { t } from '@/lib/i18n'

const PARTS = [
  'usage.level', 'usage.trend', 'usage.recency', 'engagement.frequency', 'engagement.breadth', 'engagement.recency', 'support.load', 'support.trend', 'support.open_urgent',
  'support.csat', 'adoption.breadth', 'adoption.stickiness', 'adoption.depth',
] as const

const keyOf = (component: string, part: string) => PARTS.find((one) => one === `${component}.${part}`)

export function partName(component: string, part: string) {
  const key = keyOf(component, part)
  return key ? t(`pt.${key}`) : part.replaceAll('_', ' ')
}

export function gainName(component: string, part: string) {
  const key = keyOf(component, part)
  return key ? t(`gain.${key}`) : part.replaceAll('_', ' ')
}

const METRICS = ['logins', 'feature_usage', 'api_calls', 'support_tickets'] as const

export function metricName(metric: string) {
  const known = METRICS.find((one) => one === metric)
  return known ? t(`metric.${known}`) : metric
}
