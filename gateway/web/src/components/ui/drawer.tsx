// A drawer at the end of the page (on a phone from below), beside which the list stays usable; Escape and the button close it.
import { useEffect, useRef, type ReactNode } from 'react'
import { X } from 'lucide-react'
import { t } from '@/lib/i18n'
import { IconButton } from './button'
import { ScrollRegion } from './scroll-region'

type Props = { label: string; head: ReactNode; onClose: () => void; children: ReactNode; footer?: ReactNode }

export function Drawer({ label, head, onClose, children, footer }: Props) {
  const place = useRef<HTMLElement>(null)
  const before = useRef<Element | null>(null)
  useEffect(() => {
    before.current = document.activeElement
    place.current?.focus({ preventScroll: true })
    return () => {
      const back = before.current
      if (back instanceof HTMLElement && back.isConnected && (document.activeElement === document.body || document.activeElement === null)) back.focus()
    }
  }, [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('[role="menu"], [aria-modal="true"], .dialog')) return
      onClose()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [onClose])
  return (
    <section ref={place} tabIndex={-1} role="dialog" aria-label={label} className="drawer outline-none">
      <div className="drawer-head">
        <div className="min-w-0 flex-1">{head}</div>
        <IconButton label={t('drawer.close')} onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </div>
      <ScrollRegion className="body" label={label}>
        {children}
      </ScrollRegion>
      {footer && <div className="drawer-foot">{footer}</div>}
    </section>
  )
}
