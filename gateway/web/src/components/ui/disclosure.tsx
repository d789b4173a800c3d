// An explanation behind a small mark: opened by a press, closed by Escape or a press elsewhere.
import { useEffect, useRef, type ReactNode } from 'react'
import { Info } from 'lucide-react'

export function Disclosure({ label, children }: { label: string; children: ReactNode }) {
  const place = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      const details = place.current
      if (!details?.open) return
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !details.contains(event.target as Node)) details.open = false
    }
    addEventListener('pointerdown', close)
    addEventListener('keydown', close)
    return () => {
      removeEventListener('pointerdown', close)
      removeEventListener('keydown', close)
    }
  }, [])
  return (
    <details ref={place} className="relative">
      <summary aria-label={label} title={label} className="grid size-6 list-none place-items-center rounded hover:text-foreground [&::-webkit-details-marker]:hidden">
        <Info aria-hidden className="size-3.5" strokeWidth={1.5} />
      </summary>
      <span className="menu small absolute start-0 top-7 w-70 max-w-[70vw] p-3! text-foreground">{children}</span>
    </details>
  )
}
