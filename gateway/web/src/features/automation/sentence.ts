// A playbook in plain words: what it waits for, of which accounts, what it does, how often.
import { fieldName, valueName, type Vocabulary } from '@/components/criteria-builder/names'
import { sentenceOf } from '@/components/criteria-builder/sentence'
import { eventText } from '@/components/playbook/words'
import type { Criteria } from '@/lib/criteria'
import { listed } from '@/lib/format'
import { t, type Key } from '@/lib/i18n'
import { paramsOf } from './events'
import type { Action, AwaitedEvent } from './playbook-types'

export type Titles = { milestones?: { id: string; title: string }[] }

function valueText(event: AwaitedEvent, key: string, vocabulary: Vocabulary, titles: Titles): string {
  const value = event[key]
  const param = paramsOf(event.kind).find((one) => one.key === key)
  if (value === undefined || value === null || value === '') return ''
  if (param?.type === 'stage') return valueName('stage', value, vocabulary)
  if (param?.type === 'milestone') return titles.milestones?.find((one) => one.id === value)?.title ?? t('says.oneMilestone')
  if (param?.type === 'field') return fieldName(String(value), vocabulary.fields)
  if (param?.type === 'value') return valueName(String(event.field), value, vocabulary)
  if (param?.type === 'choice') return choiceText(param.of, String(value))
  return String(value)
}

export function choiceText(of: 'level' | 'component' | 'metric', value: string) {
  return t((of === 'level' ? `health.${value}` : of === 'component' ? `part.${value}` : `meter.${value}`) as 'part.usage')
}

/** What stands in place of a value that means any. */
const OPEN = ['stage', 'milestone', 'to']

/** "the health score falls under 40" */
export function eventSentence(event: AwaitedEvent, vocabulary: Vocabulary, titles: Titles = {}) {
  const params = paramsOf(event.kind)
  if (params.length === 0 && !['ticket_spike', 'manual'].includes(event.kind)) return eventText(event.kind)
  const slots = Object.fromEntries(params.map(({ key }) => [key, valueText(event, key, vocabulary, titles)]))
  const isOpen = params.some(({ key, type }) => OPEN.includes(key) && type !== 'choice' && slots[key] === '')
  return t((isOpen ? `saysAny.${event.kind}` : `says.${event.kind}`) as 'says.health_drop', slots as { threshold: string })
}

/** "When the health score falls under 40, and ARR is at least $50,000" */
export function triggerSentence(event: AwaitedEvent, when: Criteria | undefined, vocabulary: Vocabulary, titles?: Titles) {
  const said = eventSentence(event, vocabulary, titles)
  return when ? t('says.and', { event: said, when: sentenceOf(when, vocabulary, true) }) : said
}

export function actionSentence(action: Action, vocabulary: Vocabulary) {
  if (action.kind === 'stage') return t('does.stage', { stage: valueName('stage', action.stage, vocabulary) })
  const key: Record<string, Key> = { webhook: 'does.webhook', slack: 'does.slack', email: 'does.email', task: 'does.task' }
  const known = key[action.kind]
  return known ? t(known as 'does.webhook') : action.kind
}

/** "once per account in 24 hours, at most 20 a day" */
export function limitSentence(cooldown: number, cap: number | null) {
  const parts = [cooldown > 0 ? t('limit.once', { span: spanText(cooldown) }) : t('limit.always'), ...(cap === null ? [] : [t('limit.most', { n: cap })])]
  return parts.join(', ')
}

/** Minutes in the largest unit that is whole. */
export function unitOf(minutes: number): 'minutes' | 'hours' | 'days' {
  if (minutes > 0 && minutes % 1440 === 0 && minutes > 1440) return 'days'
  return minutes > 0 && minutes % 60 === 0 ? 'hours' : 'minutes'
}
export const MINUTES = { minutes: 1, hours: 60, days: 1440 } as const

export function spanText(minutes: number) {
  const unit = unitOf(minutes)
  return t(`span.${unit}`, { n: minutes / MINUTES[unit] })
}

export const actionsSentence = (actions: Action[], vocabulary: Vocabulary) => (actions.length === 0 ? t('does.nothing') : listed(actions.map((one) => actionSentence(one, vocabulary))))
