// One column of the board with its cards; folded it is a strip that still takes them.
import { useState, type FocusEvent, type ReactNode } from 'react'
import { ChevronRight } from 'lucide-react'
import { useDragOver } from '@/components/board/drag-state'
import { useColumn } from '@/components/board/use-column'
import { Button } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import { PAGE, type Column } from './api'
import { BoardCard, type CardActions } from './card'
import type { Look } from './card-body'

export type CardsShown = {
  look: Look
  selected: ReadonlySet<string>
  saving: (id: string) => boolean
  by: ReadonlyMap<string, string>
  mayMove: boolean
  peek: string | undefined
  actions: CardActions
}

const looks = (column: Column) => cn('kcol', (column.is_side || column.is_end) && 'kcol-side')

type Props = { column: Column; head: ReactNode; shown: CardsShown; onMore: (stage: string, shown: number) => void }

export function BoardColumn({ column, head, shown, onMore }: Props) {
  const place = useColumn(column.stage_id, !shown.mayMove)
  const isTarget = useDragOver(column.stage_id) !== undefined
  return (
    <section ref={place} id={`stage-${column.stage_id}`} aria-label={column.stage} className={cn(looks(column), isTarget && 'kcol-drop')}>
      {head}
      {isTarget && <span aria-hidden className="kc-ghost" />}
      <CardList column={column} shown={shown} onMore={onMore} />
    </section>
  )
}

/** The cards of a column, or of one lane of it. */
export function CardList({ column, shown, onMore }: Omit<Props, 'head'>) {
  const { cards, stage, count: all, next } = column
  const [stop, setStop] = useState<string>()
  const at = cards.some(({ id }) => id === stop) ? stop : cards[0]?.id
  const { selected } = shown
  const onFocus = (event: FocusEvent) => setStop(event.target.closest('[data-card]')?.getAttribute('data-card') ?? undefined)
  return (
    <>
      {/* hears where the focus is */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul aria-label={t('board.cards', { stage })} data-cards onFocus={onFocus} className="grid gap-1">
        {cards.map((card) => (
          <BoardCard
            key={card.id}
            card={card}
            stage={column}
            look={shown.look}
            selected={selected.size > 0 ? selected.has(card.id) : undefined}
            isStop={card.id === at}
            saving={shown.saving(card.id)}
            by={shown.by.get(card.id)}
            mayMove={shown.mayMove}
            isPeeked={shown.peek === card.id}
            actions={shown.actions}
          />
        ))}
      </ul>
      {cards.length === 0 && <p className="quiet small p-2">{t('board.none', { stage })}</p>}
      {next !== null && (
        <Button look="ghost" className="mt-1 w-full" onClick={() => onMore(column.stage_id, cards.length)}>
          {t('board.more', { n: Math.min(PAGE, all - cards.length) })}
        </Button>
      )}
    </>
  )
}

export function FoldedColumn({ column, mayMove, onUnfold }: { column: Column; mayMove: boolean; onUnfold: () => void }) {
  const place = useColumn(column.stage_id, !mayMove)
  const isTarget = useDragOver(column.stage_id) !== undefined
  return (
    <section ref={place} id={`stage-${column.stage_id}`} aria-label={column.stage} className={cn(looks(column), 'kcol-folded', isTarget && 'kcol-drop')}>
      <button type="button" className="flex w-full flex-col items-center gap-2 rounded-card py-2.5 hover:bg-accent" onClick={onUnfold} aria-label={t('board.unfold', { stage: column.stage })} title={t('board.unfold', { stage: column.stage })}>
        <ChevronRight aria-hidden className="size-3.5 rtl:-scale-x-100" strokeWidth={1.5} />
        <span aria-hidden className="swatch" style={{ background: column.color_hex ?? 'var(--no-data)' }} />
        <span className="num quiet">{count(column.count)}</span>
        <bdi className="font-semibold">{column.stage}</bdi>
      </button>
    </section>
  )
}
