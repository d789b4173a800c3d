// Buttons and their looks. One that works says so by aria-busy, keeps its width and takes no second press.
import type { ComponentProps, MouseEvent } from 'react'
import { LoaderCircle } from 'lucide-react'
import { cn } from '@/lib/cn'

export type Look = 'primary' | 'outline' | 'ghost' | 'danger'
export type Size = 'md' | 'lg' | 'xs' | 'icon' | 'icon-xs'

const looks: Record<Look, string> = { primary: 'btn-primary', outline: 'btn-outline', ghost: 'btn-ghost', danger: 'btn-danger' }
const sizes: Record<Size, string> = { md: '', lg: 'btn-lg', xs: 'btn-xs', icon: 'btn-icon', 'icon-xs': 'btn-xs btn-icon' }

export const buttonClass = (look: Look = 'primary', size: Size = 'md') => cn('btn', looks[look], sizes[size])

type Props = ComponentProps<'button'> & { look?: Look; size?: Size; busy?: boolean; held?: boolean }

/** `held` is a button that cannot be used now but keeps the focus; why must be said nearby. */
export function Button({ look, size, busy = false, held = false, className, type = 'button', onClick, children, ...rest }: Props) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy || held) event.preventDefault()
    else onClick?.(event)
  }
  const off = busy || held ? true : undefined
  return (
    <button type={type} aria-busy={busy || undefined} aria-disabled={off} onClick={press} className={cn(buttonClass(look, size), className)} {...rest}>
      {busy && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  )
}

/** A button without a word on it: the name is for readers and the tooltip. */
export function IconButton({ label, small, look = 'ghost', ...rest }: Omit<Props, 'size'> & { label: string; small?: boolean }) {
  return <Button look={look} size={small ? 'icon-xs' : 'icon'} aria-label={label} title={label} {...rest} />
}
