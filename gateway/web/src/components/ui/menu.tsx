// Drop-down menu by its entries. Until Radix has come, a plain button stands in for it: menus are no part of the first download.
import { useEffect, useRef, useState, type PointerEvent } from 'react'
import type { MenuProps } from './menu-entries'
import type { MenuLayer as Layer } from './menu-layer'

let loaded: typeof Layer | undefined
const load = () => import('./menu-layer').then((module) => (loaded = module.MenuLayer))
const whenIdle = (run: () => void) => ('requestIdleCallback' in window ? requestIdleCallback(run, { timeout: 1_000 }) : setTimeout(run, 200))

export function Menu(props: MenuProps) {
  const [Ready, setReady] = useState<{ layer: typeof Layer } | undefined>(loaded && { layer: loaded })
  const [wanted, setWanted] = useState(false)
  const [focused, setFocused] = useState(false)
  const place = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (Ready) return
    const take = (layer: typeof Layer) => {
      setFocused(document.activeElement === place.current)
      setReady({ layer })
    }
    // without a network the next press tries again
    const get = () => void load().then(take, () => setWanted(false))
    if (wanted) get()
    else whenIdle(get)
  }, [Ready, wanted])
  if (Ready) return <Ready.layer {...props} opened={wanted} focused={focused && !wanted} />
  const { className, label, title, children } = props.trigger
  // as Radix does: the press must not take the focus that the menu is about to get
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return
    event.preventDefault()
    setWanted(true)
  }
  return (
    <button ref={place} type="button" aria-haspopup="menu" aria-expanded={false} aria-label={label} title={title} className={className} onPointerDown={press} onClick={() => setWanted(true)}>
      {children}
    </button>
  )
}
