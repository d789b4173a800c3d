// Which rows of a long list are on screen, so that only those are drawn. All rows are equally high; what scrolls may be the page
// or a region around the list.
import { useEffect, useState, type RefObject } from 'react'

/** rows above and below the screen: enough for quick scrolling, and for the next row to take the focus */
const SPARE = 10
/** the range moves in steps, so that scrolling by a few pixels draws nothing */
const STEP = 5
const FIRST = { from: 0, to: 40 }

export function useRowsInView(count: number, height: number, body: RefObject<HTMLElement | null>) {
  const [range, setRange] = useState(FIRST)
  useEffect(() => {
    let frame = 0
    const measure = () => {
      frame = 0
      const top = body.current?.getBoundingClientRect().top ?? 0
      const from = Math.max(0, Math.floor((-top / height - SPARE) / STEP) * STEP)
      const to = Math.ceil(((innerHeight - top) / height + SPARE) / STEP) * STEP
      setRange((now) => (now.from === from && now.to === to ? now : { from, to }))
    }
    const later = () => (frame ||= requestAnimationFrame(measure))
    measure()
    // whatever scrolls, the page or the region
    addEventListener('scroll', later, { capture: true, passive: true })
    addEventListener('resize', later)
    return () => {
      cancelAnimationFrame(frame)
      removeEventListener('scroll', later, { capture: true })
      removeEventListener('resize', later)
    }
  }, [height, body])
  const to = Math.min(count, Math.max(range.to, FIRST.to * Number(range.from === 0)))
  return { from: Math.min(range.from, Math.max(0, to - 1)), to }
}
