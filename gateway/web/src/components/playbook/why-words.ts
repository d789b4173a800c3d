// A step of an explanation as people read it: the server's names and JSON in words. Pure.
import { moment } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Why } from './playbook-api'

const WHATS = ['playbook', 'event', 'run', 'conditions', 'status', 'stale_feed', 'low_confidence', 'cooldown', 'daily_cap', 'burst'] as const

export function whatText({ what }: Pick<Why, 'what'>) {
  const name = what.replace(/^gate /, '')
  const known = WHATS.find((one) => one === name)
  if (known) return t(`whyStep.${known}`)
  return name.startsWith('condition ') ? t('whyStep.condition') : name.replaceAll('_', ' ')
}

const signs: Record<string, string> = { eq: '=', ne: '≠', lt: '<', lte: '≤', gt: '>', gte: '≥' }

/** "days to renewal ≤ 90", "score 30, previous score 55" */
export function plainText(text: string): string {
  if (text.startsWith('{')) {
    try {
      const values = Object.entries(JSON.parse(text) as Record<string, unknown>).filter(([key]) => key !== 'kind')
      return values.map(([key, value]) => `${key.replaceAll('_', ' ')} ${String(value)}`).join(', ')
    } catch {
      return text
    }
  }
  const condition = /^([\w.]+) (\w+)( .*)?$/.exec(text)
  const sign = condition && signs[condition[2]!]
  return sign ? `${condition[1]!.replace('crm_attributes.', '').replaceAll('_', ' ')} ${sign}${condition[3] ?? ''}` : text.replaceAll('_', ' ')
}

/** Moments within a text, in the tenant's time. */
export const noteText = (text: string, timeZone?: string) => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, (at) => moment(at, timeZone))
