// What a card says: name, parent, health and ARR, days against the target, open milestones, renewal, who looks after it.
import { memo } from 'react'
import { CornerDownRight } from 'lucide-react'
import { Delta, Health } from '@/components/health'
import { Money } from '@/components/money'
import { StageState } from '@/components/stage'
import { Person } from '@/components/ui/person'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import type { Card } from './api'
import type { CardField } from './search'

export type Look = { fields: ReadonlySet<CardField>; compact: boolean; currency: string }
type Props = { card: Card; target: number | null; isEnd: boolean; look: Look; saving: boolean; by: string | undefined }

const SOON_DAYS = 60

export const CardBody = memo(function CardBody({ card, target, isEnd, look, saving, by }: Props) {
  const shows = (field: CardField) => look.fields.has(field)
  const soon = shows('renewal') && !isEnd && card.days_to_renewal !== null && card.days_to_renewal <= SOON_DAYS
  const isLate = card.stage_state === 'behind' || card.stage_state === 'stuck'
  return (
    <>
      {shows('parent') && card.parent_name && !look.compact && (
        <p className="quiet flex items-center gap-1">
          <CornerDownRight aria-hidden className="size-3.5 shrink-0" strokeWidth={1.5} />
          <bdi className="cut" title={card.parent_name}>
            {card.parent_name}
          </bdi>
        </p>
      )}
      {(shows('health') || shows('arr')) && (
        <p className="flex min-h-5 min-w-0 items-center gap-2 whitespace-nowrap">
          {shows('health') && (
            <>
              <Health score={card.overall_score} level={card.risk_level} confidence={card.confidence} dense />
              <Delta change={card.score_change_30d} />
            </>
          )}
          {shows('arr') && <span className="num ms-auto">{card.arr === null ? <span className="quiet">{t('board.noArr')}</span> : <Money amount={card.arr} currency={look.currency} />}</span>}
        </p>
      )}
      <p className="flex min-h-5 min-w-0 items-center gap-2 whitespace-nowrap num">
        {shows('days') && (
          <>
            <span title={card.over_by_days === null ? undefined : t('board.overBy', { n: card.over_by_days })}>{target === null ? t('stage.daysShort', { n: card.days_in_stage ?? 0 }) : t('board.daysOf', { days: card.days_in_stage ?? 0, target })}</span>
            <StageState state={card.stage_state} />
          </>
        )}
        <span className="ms-auto flex min-w-0 items-center gap-2">
          {saving && <span className="quiet">{t('board.saving')}</span>}
          {by && !saving && <bdi className="cut quiet">{t('board.by', { who: by })}</bdi>}
          {soon && !by && !saving && <span className={card.days_to_renewal! < 0 ? 'bad' : 'warn'}>{renewal(card.days_to_renewal!)}</span>}
          {shows('csm') && card.csm_name && (!soon || by) && !saving && <Person name={card.csm_name} compact />}
        </span>
      </p>
      {shows('milestones') && isLate && card.milestones_total > 0 && card.open_required.length > 0 && <Milestones card={card} />}
    </>
  )
})

const renewal = (days: number) => (days < 0 ? t('board.renewalOver', { n: -days }) : days === 0 ? t('board.renewsToday') : t('board.renewsIn', { n: days }))

/** More of them would not be told apart. */
const MOST_BARS = 8

function Milestones({ card: { milestones_done: done, milestones_total: total, open_required: open, stage_state: state } }: { card: Card }) {
  const bars = Math.min(total, MOST_BARS)
  return (
    <p className="flex min-h-5 min-w-0 items-center gap-2 whitespace-nowrap">
      <span className="inline-flex gap-0.5" role="img" aria-label={t('board.milestones', { n: done, total })}>
        {Array.from({ length: bars }, (_, at) => (
          <span key={at} className={cn('h-1.25 w-2.5 rounded-xs', at < Math.round((done / total) * bars) ? 'bg-bar' : 'bg-track')} />
        ))}
      </span>
      <span className={cn('cut', state === 'stuck' ? 'bad' : 'quiet')} title={open.join(', ')}>
        {open.length === 1 ? t('board.missing', { title: open[0]! }) : t('board.open', { n: open.length })}
      </span>
    </p>
  )
}
