// A small board: three columns, two cards, moved by mouse, finger and keys.
import { useMemo, useState } from 'react'
import { GripVertical } from 'lucide-react'
import { Board, type BoardWords } from '@/components/board/board'
import { useDragOver } from '@/components/board/drag-state'
import { useCard } from '@/components/board/use-card'
import { useColumn } from '@/components/board/use-column'
import { Panel } from '@/components/ui/panel'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'

const COLUMNS = ['Adoption', 'Expansion', 'Renewal']
const nothing = () => undefined
const lifted = (card: string) => <div className="kc kc-lifted">{card}</div>

export function BoardParts() {
  const [places, setPlaces] = useState<Record<string, string>>({ 'GlobalTech Europe': 'Adoption', 'Halden Logistics': 'Renewal' })
  const words = useMemo((): BoardWords => ({ instructions: t('parts.boardKeys'), lifted: ({ card }) => card, over: ({ over }) => over ?? '', cancelled: ({ from }) => from }), [])
  return (
    <Panel id="parts-board" title={t('parts.board')}>
      <div className="pad">
        <Board columns={COLUMNS} words={words} overlay={lifted} onDrop={(card, to) => setPlaces((now) => ({ ...now, [card]: to }))} onDrag={nothing}>
          <div className="grid grid-cols-3 gap-2">
            {COLUMNS.map((column) => (
              <Column key={column} column={column} cards={Object.keys(places).filter((card) => places[card] === column)} />
            ))}
          </div>
        </Board>
      </div>
    </Panel>
  )
}

function Column({ column, cards }: { column: string; cards: string[] }) {
  const place = useColumn(column)
  const isTarget = useDragOver(column) !== undefined
  return (
    <section ref={place} aria-label={column} className={cn('kcol min-h-32', isTarget && 'kcol-drop')}>
      <h3 className="title p-2">{column}</h3>
      <ul className="grid gap-1">
        {cards.map((card) => (
          <Card key={card} card={card} column={column} />
        ))}
      </ul>
    </section>
  )
}

function Card({ card, column }: { card: string; column: string }) {
  const { place, listeners, by, lift } = useCard(card, column, false)
  return (
    <li ref={place} {...listeners} data-lifted={by} className="kc kc-free">
      <span className="line-clamp-2 font-semibold">{card}</span>
      <button type="button" data-no-drag aria-label={t('parts.boardGrip', { name: card })} onClick={lift} className="kc-grip quiet grid size-6 place-items-center rounded">
        <GripVertical aria-hidden className="size-4" strokeWidth={1.5} />
      </button>
    </li>
  )
}
