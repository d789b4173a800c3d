// How wide an element is, as long as it is there.
import { useEffect, useRef, useState } from 'react'

export function useWidth<T extends HTMLElement>(first: number) {
  const place = useRef<T>(null)
  const [width, setWidth] = useState(first)
  useEffect(() => {
    const watched = place.current
    if (!watched || !('ResizeObserver' in window)) return
    const observer = new ResizeObserver(([entry]) => entry && entry.contentRect.width > 0 && setWidth(entry.contentRect.width))
    observer.observe(watched)
    return () => observer.disconnect()
  }, [])
  return { place, width }
}
