// Tabs that are addresses: arrow keys, Home and End move between them, the panel is named by the one chosen.
import { useEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react'

export type TabEntry<T extends string> = { key: T; label: string; count?: number | string; href: string }
type Props<T extends string> = { id: string; label: string; tabs: TabEntry<T>[]; value: T; onChange: (tab: T) => void }

export function Tabs<T extends string>({ id, label, tabs, value, onChange }: Props<T>) {
  const list = useRef<HTMLDivElement>(null)
  // where they do not all fit, the one chosen is on screen
  useEffect(() => {
    const outer = list.current?.getBoundingClientRect()
    const chosen = list.current?.querySelector(`#${id}-tab-${value}`)?.getBoundingClientRect()
    if (outer && chosen && (chosen.left < outer.left || chosen.right > outer.right)) list.current!.scrollLeft += chosen.left - outer.left - (outer.width - chosen.width) / 2
  }, [id, value])
  const go = (place: number) => {
    const next = tabs[(place + tabs.length) % tabs.length]!
    list.current?.querySelector<HTMLElement>(`#${id}-tab-${next.key}`)?.focus()
    onChange(next.key)
  }
  function onKeyDown(event: KeyboardEvent) {
    const at = tabs.findIndex((one) => one.key === value)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    go(to)
  }
  const pick = (event: MouseEvent, key: T) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onChange(key)
  }
  return (
    <div ref={list} role="tablist" aria-label={label} tabIndex={-1} className="tabs" onKeyDown={onKeyDown}>
      {tabs.map((one) => (
        <a
          key={one.key}
          id={`${id}-tab-${one.key}`}
          role="tab"
          href={one.href}
          aria-selected={one.key === value}
          aria-controls={one.key === value ? `${id}-panel` : undefined}
          tabIndex={one.key === value ? 0 : -1}
          className="shrink-0 hover:text-foreground"
          onClick={(event) => pick(event, one.key)}
        >
          {one.label}
          {one.count !== undefined && <span className="quiet num"> {one.count}</span>}
        </a>
      ))}
    </div>
  )
}

export const tabPanel = (id: string, value: string) => ({ role: 'tabpanel', id: `${id}-panel`, 'aria-labelledby': `${id}-tab-${value}`, tabIndex: -1 }) as const
