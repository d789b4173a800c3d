// Moves the rows of a short list by dragging a handle: the order follows the pointer, and holds once it is let go; Escape, or a
// drag that is taken away, leaves it as it was. The buttons beside do the same without a pointer.
import { useEffect, useRef, useState, type PointerEvent as Press, type RefObject } from 'react'

type Drag<K> = { key: K; order: K[] }

export function useDragOrder<K extends string>(list: RefObject<HTMLElement | null>, order: K[], onChange: (order: K[], moved: K) => void) {
  const [drag, setDrag] = useState<Drag<K>>()
  const now = useRef<Drag<K>>(undefined)
  const end = useRef<(keep: boolean) => void>(undefined)
  useEffect(() => {
    end.current = (keep) => {
      const { key, order: next } = now.current ?? {}
      now.current = undefined
      setDrag(undefined)
      if (keep && key && next && next.join() !== order.join()) onChange(next, key)
    }
  })
  useEffect(() => {
    // on the window, since a row that changes its place loses the pointer; and from the start, so that Escape comes here before
    // it comes to the layer that the list lies in
    const onMove = ({ clientY }: PointerEvent) => {
      if (!now.current) return
      const { key, order: before } = now.current
      const to = placeAt(list.current, before, clientY)
      if (to === undefined || before[to] === key) return
      const next = before.filter((one) => one !== key)
      next.splice(to, 0, key)
      now.current = { key, order: next }
      setDrag(now.current)
    }
    const onUp = () => end.current?.(true)
    const onCancel = () => end.current?.(false)
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !now.current) return
      event.preventDefault()
      onCancel()
    }
    addEventListener('pointermove', onMove)
    addEventListener('pointerup', onUp)
    addEventListener('pointercancel', onCancel)
    addEventListener('keydown', onKey, true)
    return () => {
      removeEventListener('pointermove', onMove)
      removeEventListener('pointerup', onUp)
      removeEventListener('pointercancel', onCancel)
      removeEventListener('keydown', onKey, true)
    }
  }, [list])

  const handle = (key: K) => ({
    onPointerDown: (event: Press<HTMLElement>) => {
      if (event.button !== 0) return
      event.preventDefault()
      now.current = { key, order }
      setDrag(now.current)
    },
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
