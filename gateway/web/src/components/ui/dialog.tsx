// A dialog for one decision: title, what it is about, the buttons. Radix keeps the focus inside and brings it back.
import type { ReactNode } from 'react'
import { Dialog as Radix } from 'radix-ui'
import { cn } from '@/lib/cn'
import './layer-nonce'

type Props = {
  title: string
  description?: ReactNode
  onClose?: () => void
  /** without, the dialog can be left only by its buttons */
  closable?: boolean
  /** for a table; `more` for an editor */
  wide?: boolean | 'more'
  children?: ReactNode
  footer?: ReactNode
}

export function Dialog({ title, description, onClose, closable = true, wide, children, footer }: Props) {
  const hold = (event: Event) => !closable && event.preventDefault()
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose?.()}>
      <Radix.Portal>
        <Radix.Overlay className="overlay" />
        <div className="dialog-place">
          <Radix.Content
            {...(description ? {} : { 'aria-describedby': undefined })}
            onEscapeKeyDown={hold}
            onInteractOutside={hold}
            className={cn('dialog', wide && (wide === 'more' ? 'w-[min(800px,100%)]!' : 'w-[min(640px,100%)]!'))}
          >
            <div className="dialog-head">
              <Radix.Title>{title}</Radix.Title>
              {description && <Radix.Description className="quiet mt-1">{description}</Radix.Description>}
            </div>
            {children && <div className="body">{children}</div>}
            {footer && <div className="dialog-foot">{footer}</div>}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}
