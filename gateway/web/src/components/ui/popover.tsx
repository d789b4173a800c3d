// A small layer under the button that opens it, not modal: Escape, a press elsewhere or its own buttons close it.
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react'

type Props = {
  /** names the layer */
  label: string
  trigger: { className: string; label?: string; title?: string; children: ReactNode }
  /** opened at once: what has just been added */
  opened?: boolean
  onClose?: () => void
  className?: string
  children: (close: () => void) => ReactNode
}

const EDGE = 8

export function Popover({ label, trigger, opened = false, onClose, className, children }: Props) {
  const [open, setOpen] = useState(opened)
  const button = useRef<HTMLButtonElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const id = useId()
  const hide = useCallback(
    (focus: boolean) => {
      setOpen(false)
      if (focus) button.current?.focus()
      onClose?.()
    },
    [onClose],
  )
  const close = useCallback(() => hide(true), [hide])
  useLayoutEffect(() => {
    const place = layer.current
    if (!open || !place) return
    place.style.translate = '0'
    const { left, right } = place.getBoundingClientRect()
    const width = document.documentElement.clientWidth
    const shift = right > width - EDGE ? width - EDGE - right : 0
    place.style.translate = `${left + shift < EDGE ? EDGE - left : shift}px 0`
    place.querySelector<HTMLElement>('[data-first], input, select, button')?.focus()
  }, [open])
  useEffect(() => {
    if (!open) return
    // a press or the focus elsewhere
    const onLeave = (event: Event) => {
      const target = event.target as Node
      if (layer.current?.contains(target) || button.current?.contains(target)) return
      hide(false)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      event.preventDefault()
      close()
    }
    addEventListener('pointerdown', onLeave)
    addEventListener('focusin', onLeave)
    addEventListener('keydown', onKey, { capture: true })
    return () => {
      removeEventListener('pointerdown', onLeave)
      removeEventListener('focusin', onLeave)
      removeEventListener('keydown', onKey, { capture: true })
    }
  }, [open, close, hide])
  return (
    <span className="popover-place">
      <button ref={button} type="button" aria-haspopup="dialog" aria-expanded={open} aria-controls={open ? id : undefined} aria-label={trigger.label} title={trigger.title} className={trigger.className} onClick={() => (open ? close() : setOpen(true))}>
        {trigger.children}
      </button>
      {open && (
        <div ref={layer} id={id} role="dialog" aria-label={label} className={`menu popover ${className ?? ''}`}>
          {/* it is called by a press, not while drawing */}
          {/* eslint-disable-next-line react-hooks/refs */}
          {children(close)}
        </div>
      )}
    </span>
  )
}
