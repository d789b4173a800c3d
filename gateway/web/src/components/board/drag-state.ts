// What is being moved on a board and over which column it is: outside of React, so that only what shows it is drawn again.
import { createContext, use } from 'react'
import { createStore } from '@/lib/store'

export type Drag = { card: string; from: string; over: string | undefined; by: 'pointer' | 'keys' }

export const createDrag = () => createStore<Drag | undefined>(undefined)
export type DragStore = ReturnType<typeof createDrag>

export type Board = {
  drag: DragStore
  /** begins a move by keys */
  lift: (card: string, from: string) => void
}

export const BoardContext = createContext<Board | null>(null)

export function useBoard() {
  const board = use(BoardContext)
  if (!board) throw new Error('outside of a board')
  return board
}

/** The move as far as one column is concerned. */
export function useDragOver(column: string) {
  const drag = useBoard().drag.use()
  return drag && drag.over === column && drag.from !== column ? drag : undefined
}
