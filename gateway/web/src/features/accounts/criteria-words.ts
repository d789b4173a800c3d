// Criteria in words, condition by condition, for the chips above the list. Pure.
import { flatten, type Condition, type Criteria } from '@/lib/criteria'
import { count, day, listed } from '@/lib/format'
import { t, type Key } from '@/lib/i18n'
import type { Names } from './criteria'

export type Words = { name: string; value: string }

const fields: Record<string, Key> = {
  status: 'col.status', risk_level: 'health.level', health_band: 'health.level', health_score: 'col.health', confidence: 'field.confidence', arr: 'col.arr', counted_arr: 'col.arr',
  stage: 'col.stage', csm: 'col.csm', days_to_renewal: 'field.days_to_renewal', stage_state: 'field.stage_state', contract_end_date: 'col.renewal', industry: 'col.industry', name: 'col.name',
}
const values: Record<string, Key> = {
  Active: 'status.Active', Paused: 'status.Paused', Churned: 'status.Churned', Healthy: 'health.Healthy', 'At Risk': 'health.At Risk', Critical: 'health.Critical', Uncertain: 'health.Uncertain',
  'No data': 'health.No data', behind: 'stage.behind', stuck: 'stage.stuck', on_track: 'stage.on_track', low: 'field.low', medium: 'field.medium', high: 'field.high',
}
const signs: Record<string, string> = { lt: '<', lte: '≤', gt: '>', gte: '≥' }

/** Without conditions that say nothing new: "not lost" beside "active". */
export function wordsOf(criteria: Criteria, names: Names): Words[] {
  const all = flatten(criteria)
  if (!all) return [{ name: t('field.own'), value: t('field.several') }]
  const active = all.some((one) => one.field === 'status' && one.op === 'eq')
  const said = all.filter((one) => !(one.field === 'status' && one.op === 'ne' && active)).map((one) => words(one, names))
  return said.filter((one, place) => said.findIndex((other) => other.name === one.name && other.value === one.value) === place)
}

function words({ field, op, value }: Condition, names: Names): Words {
  const key = fields[field]
  const name = key ? t(key as 'col.name') : field
  const one = (given: unknown) => shown(field, given, names)
  if (op === 'is_set') return { name, value: t('field.set') }
  if (op === 'is_not_set') return { name, value: t('field.notSet') }
  if (op === 'between' && Array.isArray(value)) return { name, value: t('field.between', { from: one(value[0]), to: one(value[1]) }) }
  const list = (Array.isArray(value) ? value : [value]).map(one)
  if (op === 'in' || op === 'not_in') return { name, value: op === 'in' ? listed(list, 'disjunction') : t('field.not', { value: listed(list, 'disjunction') }) }
  if (op === 'ne') return { name, value: t('field.not', { value: list[0] ?? '' }) }
  return { name, value: [signs[op], list[0]].filter(Boolean).join(' ') }
}

function shown(field: string, value: unknown, { stages, people }: Names): string {
  if (field === 'stage') return stages.find(({ id }) => id === value)?.name ?? t('unknown')
  if (field === 'csm') return people.find(({ id }) => id === value)?.name ?? t('unknown')
  if (typeof value === 'number') return count(value)
  if (field === 'contract_end_date') return day(String(value))
  const key = values[String(value)]
  return key ? t(key as 'col.name') : String(value)
}
