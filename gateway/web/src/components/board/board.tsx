// A board of columns between which cards move: by mouse, by finger, by keys. It knows no cards and no columns, only their ids.
// All of the library that drags is in this folder.
import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { DndContext, DragOverlay, MeasuringStrategy, type DragEndEvent, type DragOverEvent, type DragStartEvent } from '@dnd-kit/core'
import { announce } from '@/lib/announce'
import { BoardContext, createDrag, type Drag } from './drag-state'
import { byColumn, useBoardSensors } from './sensors'
import { useLifted } from './use-lifted'

export type BoardWords = {
  /** said of the handle of each card */
  instructions: string
  lifted: (drag: Drag) => string
  over: (drag: Drag) => string
  cancelled: (drag: Drag) => string
}

type Props = {
  /** in their order on screen */
  columns: readonly string[]
  words: BoardWords
  /** what is under the pointer while it is dragged */
  overlay: (card: string) => ReactNode
  onDrop: (card: string, column: string) => void
  /** what is in the hand, or nothing any more */
  onDrag: (drag: Drag | undefined) => void
  children: ReactNode
}

const measuring = { droppable: { strategy: MeasuringStrategy.WhileDragging } }
const scrolling = { threshold: { x: 0.12, y: 0.12 }, layoutShiftCompensation: false } as const
// the shell has the regions in which this is said
const silent = { onDragStart: () => undefined, onDragOver: () => undefined, onDragEnd: () => undefined, onDragCancel: () => undefined }

export function Board({ columns, words, overlay, onDrop, onDrag, children }: Props) {
  const [drag] = useState(createDrag)
  const [dragged, setDragged] = useState<string>()
  const sensors = useBoardSensors()

  const begin = (next: Drag) => {
    drag.set(next)
    onDrag(next)
    announce(words.lifted(next))
  }
  const over = useCallback((next: Drag) => announce(words.over(next)), [words])
  const drop = useCallback(
    ({ card, from, over: to }: Drag) => {
      onDrag(undefined)
      if (to && to !== from) onDrop(card, to)
      else announce(words.cancelled({ card, from, over: from, by: 'keys' }))
    },
    [onDrag, onDrop, words],
  )
  const cancel = useCallback(
    (ended: Drag) => {
      onDrag(undefined)
      announce(words.cancelled(ended))
    },
    [onDrag, words],
  )
  useLifted({ drag, columns, onOver: over, onDrop: drop, onCancel: cancel })

  function end(ended: DragEndEvent | undefined) {
    const now = drag.get()
    drag.set(undefined)
    setDragged(undefined)
    if (now && ended) drop({ ...now, over: ended.over ? String(ended.over.id) : undefined })
    else if (now) cancel(now)
  }
  const start = ({ active }: DragStartEvent) => {
    const { card, column } = active.data.current as { card: string; column: string }
    setDragged(card)
    begin({ card, from: column, over: column, by: 'pointer' })
  }
  const move = ({ over: at }: DragOverEvent) => {
    const now = drag.get()
    const to = at ? String(at.id) : undefined
    if (!now || now.over === to) return
    drag.set({ ...now, over: to })
    if (to) over({ ...now, over: to })
  }
  const lift = (card: string, from: string) => begin({ card, from, over: from, by: 'keys' })
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const board = useMemo(() => ({ drag, lift }), [drag, words, onDrag])
  return (
    <BoardContext value={board}>
      <DndContext
        sensors={sensors}
        collisionDetection={byColumn}
        measuring={measuring}
        autoScroll={scrolling}
        accessibility={{ announcements: silent, screenReaderInstructions: { draggable: words.instructions }, restoreFocus: false }}
        onDragStart={start}
        onDragOver={move}
        onDragEnd={end}
        onDragCancel={() => end(undefined)}
      >
        {children}
        <DragOverlay dropAnimation={null}>{dragged && overlay(dragged)}</DragOverlay>
      </DndContext>
    </BoardContext>
  )
}
