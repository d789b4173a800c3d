// A card that is moved by keys: the arrows choose the column, Space or Enter drops, Escape puts back, and so does leaving it.
import { useEffect } from 'react'
import type { Drag, DragStore } from './drag-state'

type Given = { drag: DragStore; columns: readonly string[]; onOver: (drag: Drag) => void; onDrop: (drag: Drag) => void; onCancel: (drag: Drag) => void }

export function useLifted({ drag, columns, onOver, onDrop, onCancel }: Given) {
  const now = drag.use()
  useEffect(() => {
    if (now?.by !== 'keys') return
    const end = (then: (ended: Drag) => void) => {
      drag.set(undefined)
      then(now)
    }
    function onKey(event: KeyboardEvent) {
      const at = columns.indexOf(now!.over ?? now!.from)
      const step = getComputedStyle(document.documentElement).direction === 'rtl' ? -1 : 1
      const to = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: columns.length - 1 }[event.key]
      if (to !== undefined) {
        const over = columns[Math.max(0, Math.min(columns.length - 1, to))]
        const next = { ...now!, over }
        drag.set(next)
        if (over !== now!.over) onOver(next)
      } else if (event.key === ' ' || event.key === 'Enter') end(onDrop)
      else if (event.key === 'Escape') end(onCancel)
      else if (event.key === 'Tab') return end(onCancel)
      // no other key does anything while it is lifted
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    const onPress = () => end(onCancel)
    addEventListener('keydown', onKey, { capture: true })
    addEventListener('pointerdown', onPress, { capture: true })
    return () => {
      removeEventListener('keydown', onKey, { capture: true })
      removeEventListener('pointerdown', onPress, { capture: true })
    }
  }, [now, drag, columns, onOver, onDrop, onCancel])
}
