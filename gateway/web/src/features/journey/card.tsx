// One card: it is dragged wherever it is taken, moved by keys from its handle, and has one button for all that can be done.
import { memo, type KeyboardEvent, type MouseEvent } from 'react'
import { Ellipsis, GripVertical } from 'lucide-react'
import { AccountLink } from '@/components/account-link'
import { useCard } from '@/components/board/use-card'
import { LateMenu } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entries'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import type { Card, Column } from './api'
import { CardBody, type Look } from './card-body'

/** Must keep its identity. */
export type CardActions = { peek: (id: string) => void; select: (id: string) => void; entries: (card: Card, stageId: string) => MenuEntry[] }

type Props = {
  card: Card
  stage: Pick<Column, 'stage_id' | 'target_duration_days' | 'is_end'>
  look: Look
  /** undefined where none is being selected */
  selected: boolean | undefined
  /** whether the Tab key stops here: at one card of each column */
  isStop: boolean
  saving: boolean
  by: string | undefined
  mayMove: boolean
  isPeeked: boolean
  actions: CardActions
}

export const BoardCard = memo(function BoardCard({ card, stage, look, selected, isStop, saving, by, mayMove, isPeeked, actions }: Props) {
  const { place, listeners, by: liftedBy, keys, lift } = useCard(card.id, stage.stage_id, !mayMove || saving)
  const stop = isStop ? 0 : -1
  const onLinkKey = (event: KeyboardEvent) => {
    if (event.key !== ' ') return
    event.preventDefault()
    actions.peek(card.id)
  }
  const onPick = (event: MouseEvent) => {
    if (!mayMove || !(event.ctrlKey || event.metaKey || event.shiftKey) || (event.target as Element).closest('button, input')) return
    event.preventDefault()
    actions.select(card.id)
  }
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <li ref={place} {...listeners} onClickCapture={onPick} data-card={card.id} data-lifted={liftedBy} data-selected={selected || undefined} data-open={isPeeked || undefined} className={cn('kc', mayMove && 'kc-free')}>
      <div className="flex items-start gap-1.5">
        {selected !== undefined && <input type="checkbox" className="check mt-0.5" aria-label={t('board.select', { name: card.name })} checked={selected} onChange={() => actions.select(card.id)} />}
        <AccountLink id={card.id} className="line-clamp-2 min-w-0 flex-1 font-semibold wrap-anywhere hover:text-link" title={card.name} attributes={{ tabIndex: stop, draggable: false, 'data-part': 'name', onKeyDown: onLinkKey, 'aria-keyshortcuts': 'Space' }}>
          <bdi>{card.name}</bdi>
        </AccountLink>
        {mayMove && (
          <button type="button" data-part="grip" data-no-drag tabIndex={stop} aria-label={t('board.grip', { name: card.name })} aria-describedby={keys} aria-pressed={liftedBy === 'keys'} onClick={lift} disabled={saving} className="kc-grip quiet grid size-6 place-items-center rounded">
            <GripVertical aria-hidden className="size-4" strokeWidth={1.5} />
          </button>
        )}
        <span data-no-drag className="-m-0.5 shrink-0">
          <LateMenu
            className="w-60"
            trigger={{ className: 'btn btn-ghost btn-xs btn-icon', label: t('board.actions', { name: card.name }), attributes: { 'data-part': 'menu', tabIndex: stop }, children: <Ellipsis aria-hidden /> }}
            entries={() => actions.entries(card, stage.stage_id)}
          />
        </span>
      </div>
      <div className="kc-body">
        <CardBody card={card} target={stage.target_duration_days} isEnd={stage.is_end} look={look} saving={saving} by={by} />
      </div>
    </li>
  )
})
