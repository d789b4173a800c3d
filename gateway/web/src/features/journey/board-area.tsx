// The board itself: columns side by side or lanes across them, the card in the hand, and what can be done with cards.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { Board } from '@/components/board/board'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { t } from '@/lib/i18n'
import { usePeekOrder } from '@/lib/peek-order'
import type { Criteria } from '@/lib/criteria'
import type { Column } from './api'
import { CardBody } from './card-body'
import { BoardColumn, FoldedColumn, type CardsShown } from './column'
import { ColumnHead } from './column-head'
import { entriesOf } from './entries'
import { Lanes, type LaneInfo } from './lanes'
import { FIELDS, toggled, type JourneySearch, type Sort } from './search'
import { SelectionBar } from './selection-bar'
import { useBoardKeys } from './use-board-keys'
import type { useFocus } from './use-focus'
import type { useHints } from './use-hints'
import type { Place, useMoves } from './use-moves'

type Props = {
  columns: Column[]
  /** also those that are not shown */
  all: Column[]
  lanes: LaneInfo[] | undefined
  criteria: Criteria | undefined
  sort: Sort
  search: JourneySearch
  currency: string
  mayMove: boolean
  peek: string | undefined
  by: ReadonlyMap<string, string>
  moves: ReturnType<typeof useMoves>
  focus: ReturnType<typeof useFocus>
  hints: ReturnType<typeof useHints>
  selection: { ids: ReadonlySet<string>; places: Place[]; toggle: (id: string) => void; clear: () => void }
  find: (id: string) => Place | undefined
  together: (id: string) => Place[]
  onLaneCards: (lane: string, columns: Column[]) => void
  onMore: (stage: string, shown: number) => void
  onChange: (part: Partial<JourneySearch>) => void
  onPeek: (id: string) => void
}

export function BoardArea(props: Props) {
  const { columns, all, lanes, criteria, sort, search, currency, mayMove, peek, by, moves, hints, selection, find, together, onLaneCards, onMore, onChange, onPeek } = props
  const { place, keep, onFocusCapture, present } = props.focus
  const navigate = useNavigate()
  const folded = useMemo(() => new Set(search.folded?.split(',') ?? []), [search.folded])
  const look = useMemo(() => ({ fields: new Set(FIELDS.filter((field) => !search.hide?.split(',').includes(field))), compact: search.compact === true, currency }), [search.hide, search.compact, currency])
  const byId = (id: string) => all.find(({ stage_id }) => stage_id === id)

  const start = (id: string, to: Column | undefined) => {
    if (!to) return
    keep(id)
    moves.start(together(id), to)
    selection.clear()
  }
  const ask = (id: string | undefined) => moves.ask(id ? together(id) : selection.places)
  // what the menu of a card does must not draw all cards anew
  const does = useRef({ start, ask, all, toggle: selection.toggle, onPeek, mayMove })
  useEffect(() => {
    does.current = { start, ask, all, toggle: selection.toggle, onPeek, mayMove }
  })
  const [actions] = useState((): CardsShown['actions'] => ({
    peek: (id) => does.current.onPeek(id),
    select: (id) => does.current.toggle(id),
    entries: (card, stageId) =>
      entriesOf(card, stageId, does.current.all, {
        mayMove: does.current.mayMove,
        move: (id, to) => does.current.start(id, to),
        ask: (id) => does.current.ask(id),
        select: (id) => does.current.toggle(id),
        peek: (id) => does.current.onPeek(id),
        open: (id) => void navigate({ to: '/dashboard/accounts/$id', params: { id }, search: {} }),
      }),
  }))
  const onMoveKey = useCallback((id: string | undefined) => does.current.ask(id), [])
  const onKeyDownCapture = useBoardKeys({ present, peek, mayMove, onSelect: actions.select, onMove: onMoveKey })
  usePeekOrder(useMemo(() => columns.flatMap(({ cards }) => cards.map(({ id }) => id)), [columns]))

  const shown: CardsShown = { look, selected: selection.ids, saving: (id) => moves.moves.has(id) && moves.moves.get(id)!.doneAt === undefined, by, mayMove, peek, actions }
  const fold = (id: string) => onChange({ folded: toggled(search.folded, id) })
  const head = (column: Column) =>
    folded.has(column.stage_id) ? <FoldedColumn column={column} mayMove={mayMove} onUnfold={() => fold(column.stage_id)} /> : <ColumnHead column={column} criteria={criteria} currency={currency} hintFor={hints.hintFor} onFold={() => fold(column.stage_id)} />

  return (
    <Board columns={columns.map(({ stage_id }) => stage_id)} words={hints.words} overlay={(id) => lifted(find(id), look, together(id).length - 1)} onDrop={(id, to) => start(id, byId(to))} onDrag={hints.setDrag}>
      {/* keys of what is inside */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div ref={place} onFocusCapture={onFocusCapture} onKeyDownCapture={onKeyDownCapture}>
        <ScrollRegion className="board" label={t('board.title')} data-moving={hints.drag?.by}>
          {lanes ? (
            <Lanes lanes={lanes} columns={columns} head={head} criteria={criteria} sort={sort} side={search.side !== false} folded={folded} moves={moves.moves} isHeld={hints.drag !== undefined} currency={currency} shown={shown} onCards={onLaneCards} />
          ) : (
            <div className="kb" data-row-of-lists>
              {columns.map((column) =>
                folded.has(column.stage_id) ? (
                  <FoldedColumn key={column.stage_id} column={column} mayMove={mayMove} onUnfold={() => fold(column.stage_id)} />
                ) : (
                  <BoardColumn key={column.stage_id} column={column} head={head(column)} shown={shown} onMore={onMore} />
                ),
              )}
            </div>
          )}
        </ScrollRegion>
      </div>
      {selection.places.length > 0 && <SelectionBar places={selection.places} currency={currency} onMove={() => ask(undefined)} onClear={selection.clear} />}
    </Board>
  )
}

/** What is under the pointer. */
function lifted(place: Place | undefined, look: CardsShown['look'], others: number) {
  if (!place) return null
  const { card, stage } = place
  return (
    <div className="kc kc-lifted">
      <p className="line-clamp-2 min-w-0 flex-1 font-semibold wrap-anywhere pe-6">
        <bdi>{card.name}</bdi>
      </p>
      <div className="kc-body">
        <CardBody card={card} target={stage.target_duration_days} isEnd={stage.is_end} look={look} saving={false} by={undefined} />
      </div>
      {others > 0 && <p className="num font-semibold">{t('board.andMore', { n: others })}</p>}
    </div>
  )
}
