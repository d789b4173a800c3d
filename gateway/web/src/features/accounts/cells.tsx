// The cells of the list, shared by the table and the cards of narrow screens.
import { CornerDownRight } from 'lucide-react'
import { cn } from '@/lib/cn'
import { day, inDays, money } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Row } from './family'
import { HealthChange, HealthMark, HealthParts } from './health'

export type CellProps = { row: Row; currency: string }

const Nothing = ({ text = t('none') }: { text?: string }) => <span className="quiet">{text}</span>

export function NameCell({ row }: CellProps) {
  const parent = row.parent_name ? t('accounts.subsidiary', { parent: row.parent_name }) : ''
  return (
    <span className="flex min-w-0 items-start gap-1.5" style={{ paddingInlineStart: Math.max(0, row.depth - 1) * 18 }}>
      {row.depth > 0 && <CornerDownRight aria-hidden className="mt-0.5 size-3.5 shrink-0 text-muted-foreground" />}
      <span className="min-w-0">
        <bdi className="line-clamp-2 font-medium wrap-anywhere" title={row.name}>
          {row.name}
        </bdi>
        {parent && row.depth === 0 && <span className="block text-xs text-muted-foreground">{parent}</span>}
        {parent && row.depth > 0 && <span className="sr-only">, {parent}</span>}
      </span>
    </span>
  )
}

export function HealthCell({ row }: CellProps) {
  return (
    <div className="flex items-center gap-3">
      <div className="flex min-w-0 flex-1 items-center justify-between gap-2">
        <HealthMark account={row} />
        <HealthChange change={row.score_change_30d} />
      </div>
      <HealthParts account={row} />
    </div>
  )
}

export function ArrCell({ row, currency }: CellProps) {
  return row.arr === null ? <Nothing text={t('notSet')} /> : <span className="tabular-nums">{money(row.arr, currency)}</span>
}

export function StageCell({ row: account }: CellProps) {
  if (!account.current_stage) return <Nothing />
  return (
    <div className="min-w-0">
      <div className="flex items-center gap-2">
        <span aria-hidden className="swatch" style={{ background: account.stage_color ?? 'var(--no-data)' }} />
        <span className="min-w-0 truncate">{account.current_stage}</span>
      </div>
      <p className="mt-px text-xs text-muted-foreground tabular-nums">
        {account.days_in_stage !== null && t('stage.days', { n: account.days_in_stage })}
        {account.stage_state && <StageState state={account.stage_state} apart={account.days_in_stage !== null} />}
      </p>
    </div>
  )
}

const stateTone = { on_track: '', behind: 'font-medium text-at-risk-fg', stuck: 'font-medium text-critical-fg' }

function StageState({ state, apart }: { state: keyof typeof stateTone; apart: boolean }) {
  return (
    <>
      {apart && ' · '}
      <span className={stateTone[state]}>{t(`stage.${state}`)}</span>
    </>
  )
}

const statusTone = { Active: 'bg-healthy', Paused: 'bg-at-risk', Churned: 'bg-no-data' }

export function StatusCell({ row: { status } }: CellProps) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className={cn('size-1.5 rounded-full', statusTone[status])} />
      {t(`status.${status}`)}
    </span>
  )
}

export function RenewalCell({ row: account }: CellProps) {
  if (!account.contract_end_date) return <Nothing text={t('noDate')} />
  const days = account.days_to_renewal
  const tone = days === null || days > 90 || account.status === 'Churned' ? 'text-muted-foreground' : days < 30 ? 'font-medium text-critical-fg' : 'font-medium text-at-risk-fg'
  return (
    <div className="whitespace-nowrap tabular-nums">
      {day(account.contract_end_date)}
      {days !== null && <p className={cn('mt-px text-xs', tone)}>{inDays(days)}</p>}
    </div>
  )
}

export function OptionalText({ text }: { text: string | null }) {
  return text === null ? <Nothing /> : <span className="line-clamp-2 leading-snug break-words">{text}</span>
}
