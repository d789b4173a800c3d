// Drop-down menu: Radix behaviour, our look.
import type { ComponentProps } from 'react'
import { DropdownMenu as Radix } from 'radix-ui'
import { Check } from 'lucide-react'
import { cn } from '@/lib/cn'

// not modal and not in a portal: the page stays readable, and the menu stays within its landmark
export function Menu(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal={false} {...props} />
}
export const MenuTrigger = Radix.Trigger
export const MenuRadioGroup = Radix.RadioGroup

const item =
  'flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 py-1 text-[13px] outline-hidden select-none data-highlighted:bg-accent data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:text-muted-foreground'

export function MenuContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Content
      align="end"
      sideOffset={6}
      collisionPadding={8}
      className={cn('z-50 min-w-44 animate-in rounded-lg border bg-popover p-1 shadow-lg', className)}
      {...rest}
    />
  )
}

export function MenuItem({ className, ...rest }: ComponentProps<typeof Radix.Item>) {
  return <Radix.Item className={cn(item, className)} {...rest} />
}

export function MenuRadioItem({ children, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(item, 'pr-8 relative')} {...rest}>
      {children}
      <Radix.ItemIndicator className="absolute right-2">
        <Check aria-hidden />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  )
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-border" />
}
