// The cells of the list, each one line high: how a row is shown, column by column.
import { CornerDownRight } from 'lucide-react'
import { Delta, Health } from '@/components/health'
import { MiniBars } from '@/components/chart/mini-bars'
import { Stage } from '@/components/stage'
import { cn } from '@/lib/cn'
import { count, day, money } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Account } from './api'
import type { StageName } from '@/components/criteria-builder/names-api'

/** What cells need beside their row. */
export type CellContext = { currency: string; timeZone: string; stages: StageName[]; /** a person's name by id */ people: Map<string, string> }
export type CellProps = { row: Account; context: CellContext }

export const Nothing = ({ text = t('none') }: { text?: string }) => <span className="quiet">{text}</span>

export function HealthCell({ row }: CellProps) {
  return (
    <span className="inline-flex items-center gap-2">
      <Health score={row.overall_score} level={row.risk_level} confidence={row.confidence} dense />
      <Delta change={row.score_change_30d} />
    </span>
  )
}

export function PartsCell({ row }: CellProps) {
  if (row.overall_score === null) return <Nothing text={t('health.none')} />
  const parts = [row.usage_score, row.engagement_score, row.support_score, row.adoption_score]
  const names = [t('part.usage'), t('part.engagement'), t('part.support'), t('part.adoption')]
  return <MiniBars bars={parts.map((value, i) => ({ label: names[i]!, value }))} none={t('health.none')} />
}

export const ScoreCell = ({ value }: { value: number | null }) => (value === null ? <Nothing text={t('health.none')} /> : <span className="num">{count(value)}</span>)

export function ArrCell({ row, context }: CellProps) {
  return row.arr === null ? <Nothing text={t('notSet')} /> : <span className="num">{money(row.arr, context.currency)}</span>
}

export function StageCell({ row, context }: CellProps) {
  const target = context.stages.find((one) => one.name === row.current_stage)?.target
  return <Stage name={row.current_stage} color={row.stage_color} days={row.days_in_stage} target={target} state={row.stage_state} />
}

export function RenewalCell({ row }: CellProps) {
  const { contract_end_date: end, days_to_renewal: days } = row
  if (!end || days === null) return <Nothing text={t('noDate')} />
  const open = row.status !== 'Churned'
  return (
    <span className={cn('num', open && days < 0 ? 'bad' : open && days <= 60 && 'warn')} title={day(end)}>
      {renewalText(row)}
    </span>
  )
}

/** The day, or how soon it is. */
export function renewalText({ contract_end_date: end, days_to_renewal: days }: Account) {
  if (!end || days === null) return t('noDate')
  return days < 0 || days > 90 ? day(end) : t('renewal.in', { n: days })
}

const SILENT_DAYS = 14
export const daysSince = (at: string) => Math.max(0, Math.floor((Date.now() - Date.parse(at)) / 86_400_000))

export function TouchCell({ row }: CellProps) {
  if (!row.last_touch_at) return <Nothing text={t('peek.never')} />
  const days = daysSince(row.last_touch_at)
  return (
    <span className={cn('num', days >= SILENT_DAYS && row.status !== 'Churned' && 'warn')} title={new Date(row.last_touch_at).toLocaleString()}>
      {t('days.short', { n: days })}
    </span>
  )
}

const statusTone = { Active: 'bg-healthy', Paused: 'bg-at-risk', Churned: 'bg-no-data' }

export function StatusCell({ row: { status } }: CellProps) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={cn('size-1.5 rounded-full', statusTone[status])} />
      {t(`status.${status}`)}
    </span>
  )
}

export const TextCell = ({ text }: { text: string | null }) => (text === null || text === '' ? <Nothing /> : <bdi className="cut" title={text}>{text}</bdi>)

/** The mark of a subsidiary before its name. */
export function ChildMark({ row }: { row: Account }) {
  if (!row.parent_name) return null
  return (
    <>
      <CornerDownRight aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
      <span className="sr-only">{t('accounts.subsidiary', { parent: row.parent_name })}</span>
    </>
  )
}
