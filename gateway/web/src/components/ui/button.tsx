// Buttons and their looks.
import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

const looks = {
  primary: 'bg-primary text-primary-foreground hover:bg-primary-hover shadow-xs',
  outline: 'border border-border bg-card hover:bg-accent shadow-xs',
  ghost: 'hover:bg-accent',
}
const sizes = { md: 'h-9 px-3.5', sm: 'h-8 px-2.5 text-[13px]', icon: 'size-8' }

type Props = ComponentProps<'button'> & { look?: keyof typeof looks; size?: keyof typeof sizes }

export function buttonClass(look: keyof typeof looks = 'primary', size: keyof typeof sizes = 'md') {
  return cn(
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-md text-sm font-medium whitespace-nowrap transition-colors',
    'disabled:opacity-50 aria-disabled:cursor-default [&_svg]:size-4 [&_svg]:shrink-0',
    looks[look],
    sizes[size],
  )
}

export function Button({ look, size, className, type = 'button', ...rest }: Props) {
  return <button type={type} className={cn(buttonClass(look, size), className)} {...rest} />
}
