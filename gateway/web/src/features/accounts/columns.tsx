// The columns of the list, each defined once: table, cards, sorting and files derive from this.
import type { ReactNode } from 'react'
import type { FieldInfo } from '@/components/criteria-builder/field-types'
import { count, money, signed } from '@/lib/format'
import type { Cell as FileCell } from '@/lib/csv'
import { t, type Key } from '@/lib/i18n'
import { CUSTOM, sortFieldOf, type BuiltInColumn, type ColumnKey } from './column-keys'
import { ArrCell, daysSince, HealthCell, PartsCell, RenewalCell, renewalText, ScoreCell, StageCell, StatusCell, TextCell, TouchCell, WeeksCell, type CellContext, type CellProps } from './cells'
import { customRaw, customText } from './custom-values'
import type { Account } from './api'

export type Column = {
  key: ColumnKey
  header: string
  /** in px; the first column takes what is left */
  width: number
  align?: 'end'
  sorts: boolean
  /** a picture, which no file can hold */
  drawn?: boolean
  Cell: (props: CellProps) => ReactNode
  /** as the screen says it, and as it is kept */
  text: (row: Account, context: CellContext) => FileCell
  raw: (row: Account) => FileCell
}

type BuiltIn = { header: Key; width: number; align?: 'end'; drawn?: boolean; Cell?: Column['Cell']; text: Column['text']; raw: Column['raw'] }

const text = (value: string | null) => value ?? t('none')
const number = (value: number | null) => (value === null ? t('health.none') : count(value))
const score = (header: Key, of: (row: Account) => number | null): BuiltIn => ({
  header, width: 104, align: 'end', Cell: ({ row }) => <ScoreCell value={of(row)} />, text: (row) => number(of(row)), raw: of,
})

function stageText({ current_stage: name, days_in_stage: days, stage_state: state }: Account, { stages }: CellContext) {
  if (!name) return t('none')
  const target = stages.find((one) => one.name === name)?.target
  const spent = days === null ? '' : target ? t('stage.of', { days, target }) : t('stage.daysShort', { n: count(days) })
  return [name, spent, state === 'behind' || state === 'stuck' ? t(`stage.${state}`) : ''].filter(Boolean).join(' ')
}

const builtIn: Record<BuiltInColumn, BuiltIn> = {
  name: { header: 'col.name', width: 152, text: (row) => row.name, raw: (row) => row.name },
  health: { header: 'col.health', width: 88, Cell: HealthCell, text: (row) => (row.overall_score === null || row.risk_level === null ? t('health.none') : `${count(row.overall_score)} ${t(`health.${row.risk_level}`)}`), raw: (row) => row.overall_score },
  weeks: { header: 'col.weeks', width: 72, Cell: WeeksCell, drawn: true, text: () => null, raw: () => null },
  change: { header: 'col.change', width: 104, align: 'end', Cell: ({ row }) => <TextCell text={row.score_change_30d === null ? null : signed(row.score_change_30d)} />, text: (row) => (row.score_change_30d === null ? t('none') : signed(row.score_change_30d)), raw: (row) => row.score_change_30d },
  arr: { header: 'col.arr', width: 92, align: 'end', Cell: ArrCell, text: (row, { currency }) => (row.arr === null ? t('notSet') : money(row.arr, currency)), raw: (row) => row.arr },
  stage: { header: 'col.stageDays', width: 244, Cell: StageCell, text: stageText, raw: (row) => row.current_stage },
  renewal: { header: 'col.renewal', width: 96, Cell: RenewalCell, text: renewalText, raw: (row) => row.contract_end_date },
  csm: { header: 'col.csm', width: 88, Cell: ({ row }) => <TextCell text={row.csm_name} />, text: (row) => text(row.csm_name), raw: (row) => row.csm_name },
  status: { header: 'col.status', width: 92, Cell: StatusCell, text: (row) => t(`status.${row.status}`), raw: (row) => row.status },
  touch: { header: 'col.touch', width: 104, align: 'end', Cell: TouchCell, text: (row) => (row.last_touch_at ? t('days.short', { n: daysSince(row.last_touch_at) }) : t('peek.never')), raw: (row) => row.last_touch_at },
  industry: { header: 'col.industry', width: 140, Cell: ({ row }) => <TextCell text={row.industry} />, text: (row) => text(row.industry), raw: (row) => row.industry },
  parent: { header: 'col.parent', width: 180, Cell: ({ row }) => <TextCell text={row.parent_name} />, text: (row) => text(row.parent_name), raw: (row) => row.parent_name },
  external: { header: 'col.external', width: 132, Cell: ({ row }) => <TextCell text={row.external_id} />, text: (row) => text(row.external_id), raw: (row) => row.external_id },
  parts: { header: 'col.parts', width: 88, Cell: PartsCell, text: (row) => [row.usage_score, row.engagement_score, row.support_score, row.adoption_score].map(number).join(' / '), raw: (row) => [row.usage_score, row.engagement_score, row.support_score, row.adoption_score].join(' / ') },
  usage: score('part.usage', (row) => row.usage_score),
  engagement: score('part.engagement', (row) => row.engagement_score),
  support: score('part.support', (row) => row.support_score),
  adoption: score('part.adoption', (row) => row.adoption_score),
  runs: { header: 'col.runs', width: 92, align: 'end', Cell: ({ row }) => <span className="num">{count(row.open_runs)}</span>, text: (row) => count(row.open_runs), raw: (row) => row.open_runs },
}

const NUMBERS = ['number', 'currency', 'percent']

function customColumn({ field, label, type }: FieldInfo): Column {
  const name = field.slice(CUSTOM.length)
  const shown = (row: Account, context: CellContext) => customText(row.crm_attributes[name], type, context)
  const align = NUMBERS.includes(type) ? ('end' as const) : undefined
  return {
    key: field as ColumnKey, header: label, width: align ? 120 : 150, align, sorts: true,
    Cell: ({ row, context }) => <TextCell text={shown(row, context) ?? null} />,
    text: (row, context) => shown(row, context) ?? t('none'),
    raw: (row) => customRaw(row.crm_attributes[name]),
  }
}

/** Every column there can be: the built-in ones, then the tenant's own fields that are meant for lists. */
export function allColumns(fields: FieldInfo[]): Column[] {
  const own = Object.entries(builtIn).map(([key, { header, Cell, ...rest }]): Column => ({ ...rest, key: key as BuiltInColumn, header: t(header as 'col.name'), sorts: sortFieldOf(key) !== undefined, Cell: Cell ?? (({ row }) => <bdi className="cut">{row.name}</bdi>) }))
  return [...own, ...fields.filter((one) => one.inLists).map(customColumn)]
}

/** Those chosen, in their order; the name always comes first. What is gone meanwhile is left out. */
export function chosenColumns(all: Column[], keys: ColumnKey[]): Column[] {
  const wanted: ColumnKey[] = ['name', ...keys.filter((key) => key !== 'name')]
  return wanted.flatMap((key) => all.find((one) => one.key === key) ?? [])
}
