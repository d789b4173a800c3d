// The head of a column: stage, how many accounts against the limit, what they are worth, how long they stay, how many are late;
// while a card is over it, what holds that card back.
import { ChevronLeft, Lock } from 'lucide-react'
import { useDragOver } from '@/components/board/drag-state'
import { ListLink } from '@/components/list-link'
import { Money } from '@/components/money'
import { IconButton } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import { allOf, where, type Criteria } from '@/lib/criteria'
import { count, decimal } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Column } from './api'

type Props = { column: Column; criteria: Criteria | undefined; currency: string; /** what would hold these cards back here */ hintFor: (card: string, to: Column) => string | undefined; onFold: () => void }

export function ColumnHead({ column, criteria, currency, hintFor, onFold }: Props) {
  const { stage, stage_id, color_hex, is_side, is_end, wip_limit: limit, target_duration_days: target, median_days: median } = column
  const isOver = limit !== null && column.count > limit
  return (
    <header className="kcol-head">
      <div className="flex items-center gap-2">
        <span aria-hidden className="swatch" style={{ background: color_hex ?? 'var(--no-data)' }} />
        <h2 className="title cut" title={stage}>
          <bdi>{stage}</bdi>
        </h2>
        <span className={cn('num shrink-0', isOver ? 'bad' : 'quiet')}>{limit === null ? count(column.count) : t('board.ofLimit', { n: column.count, limit })}{isOver && <span className="sr-only">, {t('board.overLimit')}</span>}</span>
        {(is_side || is_end) && <span className="quiet small shrink-0">{t(is_end ? 'board.end' : 'board.side')}</span>}
        <IconButton small label={t('board.fold', { stage })} className="ms-auto" onClick={onFold}>
          <ChevronLeft aria-hidden className="rtl:-scale-x-100" />
        </IconButton>
      </div>
      <p className="small num flex min-h-6 flex-wrap items-center gap-x-2.5">
        <Money amount={column.arr} currency={currency} />
        {median !== null && <span className={target !== null && median > target ? 'warn' : 'quiet'}>{target === null ? t('board.median', { n: decimal(median, 0) }) : t('board.medianOf', { n: decimal(median, 0), target })}</span>}
        {column.overdue > 0 && (
          <ListLink criteria={allOf(criteria, where('stage', 'in', [stage_id]), where('stage_state', 'in', ['behind', 'stuck']))} className="bad">
            {t('board.over', { n: column.overdue })}
          </ListLink>
        )}
        {isOver && <span className="bad" aria-hidden>{t('board.overLimit')}</span>}
      </p>
      <Hint column={column} hintFor={hintFor} />
    </header>
  )
}

function Hint({ column, hintFor }: Pick<Props, 'column' | 'hintFor'>) {
  const drag = useDragOver(column.stage_id)
  const text = drag && hintFor(drag.card, column)
  if (!text) return null
  return (
    <p className="warn small flex gap-1.5 pt-1">
      <Lock aria-hidden className="mt-0.5 size-3.5 shrink-0" strokeWidth={1.5} />
      <bdi className="wrap-anywhere">{text}</bdi>
    </p>
  )
}
