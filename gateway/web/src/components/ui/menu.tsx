// Drop-down menu by its entries. Until Radix has come, a plain button stands in for it: menus are no part of the first download.
import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react'
import type { MenuProps } from './menu-entries'
import type { MenuLayer as Layer } from './menu-layer'

let loaded: typeof Layer | undefined
const load = () => import('./menu-layer').then((module) => (loaded = module.MenuLayer))
const whenIdle = (run: () => void) => ('requestIdleCallback' in window ? requestIdleCallback(run, { timeout: 1_000 }) : setTimeout(run, 200))

export function Menu({ pressed = false, ...props }: MenuProps & { /** takes the place of a button that was just pressed */ pressed?: boolean }) {
  const [Ready, setReady] = useState<{ layer: typeof Layer } | undefined>(loaded && { layer: loaded })
  const [wanted, setWanted] = useState(pressed)
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
  return <Standing place={place} trigger={props.trigger} onPress={() => setWanted(true)} />
}

/** For long lists: the entries are made, and the menu is there, only once it is pressed. */
export function LateMenu({ entries, ...rest }: Omit<MenuProps, 'entries'> & { entries: () => MenuProps['entries'] }) {
  const [wanted, setWanted] = useState(false)
  return wanted ? <Menu pressed {...rest} entries={entries()} /> : <Standing trigger={rest.trigger} onPress={() => setWanted(true)} />
}

type StandingProps = { place?: RefObject<HTMLButtonElement | null>; trigger: MenuProps['trigger']; onPress: () => void }

function Standing({ place, trigger: { className, label, title, children, attributes }, onPress }: StandingProps) {
  // as Radix does: the press must not take the focus that the menu is about to get
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return
    event.preventDefault()
    onPress()
  }
  return (
    <button ref={place} type="button" aria-haspopup="menu" aria-expanded={false} aria-label={label} title={title} className={className} onPointerDown={press} onClick={onPress} {...attributes}>
      {children}
    </button>
  )
}
