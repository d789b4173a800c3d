// Moves the rows of a short list by dragging a handle: the order follows the pointer, and holds once it is let go; Escape, or a
// drag that is taken away, leaves it as it was. The buttons beside do the same without a pointer.
import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react'

type Drag<K> = { key: K; order: K[] }

export function useDragOrder<K extends string>(list: RefObject<HTMLElement | null>, order: K[], onChange: (order: K[], moved: K) => void) {
  const [drag, setDrag] = useState<Drag<K>>()
  const isDragging = useRef(false)
  useEffect(() => {
    isDragging.current = drag !== undefined
  }, [drag])
  useEffect(() => {
    // from the start, so that it comes before the layer the list lies in, which closes at the same key
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !isDragging.current) return
      event.preventDefault()
      setDrag(undefined)
    }
    addEventListener('keydown', onKey, true)
    return () => removeEventListener('keydown', onKey, true)
  }, [])

  const handle = (key: K) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.preventDefault()
      event.currentTarget.setPointerCapture(event.pointerId)
      setDrag({ key, order })
    },
    onPointerMove: ({ clientY }: PointerEvent<HTMLElement>) => {
      if (!drag) return
      const to = placeAt(list.current, drag.order, clientY)
      if (to === undefined || drag.order[to] === key) return
      const next = drag.order.filter((one) => one !== key)
      next.splice(to, 0, key)
      setDrag({ key, order: next })
    },
    onPointerUp: () => {
      if (drag && drag.order.join() !== order.join()) onChange(drag.order, key)
      setDrag(undefined)
    },
    onPointerCancel: () => setDrag(undefined),
  })
  return { order: drag?.order ?? order, dragged: drag?.key, handle }
}

/** The place under the pointer; the first row stays where it is. */
function placeAt<K extends string>(list: HTMLElement | null, order: K[], y: number): number | undefined {
  const found = order.findIndex((key) => {
    const row = list?.querySelector(`[data-column="${CSS.escape(key)}"]`)?.getBoundingClientRect()
    return row !== undefined && y >= row.top && y < row.bottom
  })
  return found > 0 ? found : undefined
}
