// What makes an element a card of the board: its place, its presses, and whether it is the one being moved.
import { useCallback, useSyncExternalStore } from 'react'
import { useDraggable } from '@dnd-kit/core'
import { useBoard } from './drag-state'

/** `held` cards stay where they are. */
export function useCard(card: string, column: string, held: boolean) {
  const { drag, lift } = useBoard()
  const { setNodeRef, listeners, attributes } = useDraggable({ id: card, data: { card, column }, disabled: held })
  const by = useSyncExternalStore(drag.subscribe, () => (drag.get()?.card === card ? drag.get()!.by : undefined))
  return { place: setNodeRef, listeners: held ? undefined : listeners, by, /** what explains the keys */ keys: attributes['aria-describedby'], lift: useCallback(() => lift(card, column), [lift, card, column]) }
}
