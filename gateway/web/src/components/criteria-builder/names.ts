// Fields, operators and values in the reader's language.
import type { Condition } from '@/lib/criteria'
import { count, day, listed, money, percent } from '@/lib/format'
import { t, type Key } from '@/lib/i18n'
import { arityOf, isNumeric, valueKind, type FieldInfo, type Names, type ValueKind } from './field-types'

/** All that words need: the fields by name, the names behind ids, and the currency. */
export type Vocabulary = { fields: Map<string, FieldInfo>; names: Names; currency: string }

const builtIn = new Set([
  'health_score', 'score_change_30d', 'usage_score', 'engagement_score', 'support_score', 'adoption_score', 'risk_level', 'health_band', 'confidence', 'urgent_open_days', 'seat_share',
  'usage_trend', 'usage_of_best', 'seats', 'stage', 'days_in_stage', 'stage_state', 'overdue_milestones', 'arr', 'counted_arr', 'csm', 'status', 'days_to_renewal', 'contract_end_date',
  'name', 'external_id', 'industry', 'hierarchy_level', 'parent', 'id', 'logins_30d', 'feature_usage_30d', 'api_calls_30d', 'support_tickets_30d', 'days_since_login', 'days_since_usage', 'days_since_touch',
])

export function fieldName(field: string, fields: Map<string, FieldInfo>) {
  if (builtIn.has(field)) return t(`crit.${field}` as 'crit.arr')
  return fields.get(field)?.label ?? field.replace('crm_attributes.', '')
}

/** Built-in fields explain themselves in the server's language only; a tenant's own in its own. */
export const fieldHelp = (info: FieldInfo) => (builtIn.has(info.field) || info.inLists === null ? undefined : (info.description ?? undefined))

const values: Record<string, Key> = {
  Active: 'status.Active', Paused: 'status.Paused', Churned: 'status.Churned', Healthy: 'health.Healthy', 'At Risk': 'health.At Risk', Critical: 'health.Critical', Uncertain: 'health.Uncertain',
  'No data': 'health.No data', behind: 'stage.behind', stuck: 'stage.stuck', on_track: 'stage.on_track', low: 'level.low', medium: 'level.medium', high: 'level.high',
}

const infoOf = (field: string, fields: Map<string, FieldInfo>) => fields.get(field) ?? { field, type: field === 'stage' ? 'stage' : field === 'csm' ? 'member' : 'any' }

/** One value as a person reads it. */
export function valueName(field: string, value: unknown, { fields, names, currency }: Vocabulary): string {
  const info = infoOf(field, fields)
  const kind = valueKind(info)
  if (value === null || value === undefined || value === '') return ''
  if (info.type === 'stage') return names.stages.find(({ id, name }) => id === value || name === value)?.name ?? t('unknown')
  if (info.type === 'member') return names.people.find(({ id, name }) => id === value || name === value)?.name ?? t('unknown')
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (typeof value === 'number') return kind === 'money' ? money(value, currency) : kind === 'percent' ? percent(value / 100) : kind === 'days' ? t('stage.days', { n: value }) : count(value)
  if (kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(String(value))) return day(String(value))
  const key = field.startsWith('crm_attributes.') ? undefined : values[String(value)]
  return key ? t(key as 'status.Active') : String(value)
}

const plain: Record<string, Key> = {
  eq: 'op.eq', ne: 'op.ne', lt: 'op.lt', lte: 'op.lte', gt: 'op.gt', gte: 'op.gte', in: 'op.in', not_in: 'op.not_in', between: 'op.between', contains: 'op.contains', starts_with: 'op.starts_with',
  is_set: 'op.is_set', is_not_set: 'op.is_not_set',
}
const ofDates: Record<string, Key> = { lt: 'op.before', lte: 'op.until', gt: 'op.after', gte: 'op.from' }
const ofLists: Record<string, Key> = { contains: 'op.includes' }

/** "is at least", "is before": as it reads between a field and a value. */
export function operatorName(op: string, kind: ValueKind) {
  const key = (kind === 'date' ? ofDates[op] : kind === 'list' ? ofLists[op] : undefined) ?? plain[op]
  return key ? t(key as 'op.eq') : op
}

const signs: Record<string, string> = { lt: '<', lte: '≤', gt: '>', gte: '≥' }

/** What stands behind the field's name on a chip: short. */
export function valueWords(condition: Condition, vocabulary: Vocabulary): string {
  const { field, op, value } = condition
  const kind = valueKind(infoOf(field, vocabulary.fields))
  const one = (given: unknown) => valueName(field, given, vocabulary)
  if (kind === 'account') return Array.isArray(value) && value.length !== 1 ? t('crit.chosen', { n: value.length }) : t('crit.oneChosen')
  const arity = arityOf(op)
  if (arity === 'none') return t(op === 'is_set' ? 'field.set' : 'field.notSet')
  if (arity === 'two' && Array.isArray(value)) return t('field.between', { from: one(value[0]), to: one(value[1]) })
  const list = (Array.isArray(value) ? value : [value]).map(one)
  if (list.length > 3) return t(op === 'not_in' ? 'field.noneOf' : 'field.anyOf', { n: list.length })
  const text = listed(list, 'disjunction')
  if (op === 'not_in' || op === 'ne') return t('field.not', { value: text })
  if (op === 'eq' || op === 'in') return text
  const sign = isNumeric(kind) ? signs[op] : undefined
  return sign ? `${sign} ${text}` : `${operatorName(op, kind)} ${text}`
}
