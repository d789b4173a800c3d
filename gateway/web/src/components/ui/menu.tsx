// Drop-down menu: Radix behaviour, our look.
import type { ComponentProps, ReactNode } from 'react'
import { DropdownMenu as Radix } from 'radix-ui'
import { Check } from 'lucide-react'
import { cn } from '@/lib/cn'

// not modal and not in a portal: the page stays readable, and the menu stays within its landmark
export function Menu(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal={false} {...props} />
}
export const MenuTrigger = Radix.Trigger
export const MenuRadioGroup = Radix.RadioGroup

export function MenuContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content align="end" sideOffset={6} collisionPadding={8} className={cn('menu', className)} {...rest} />
}

export function MenuItem({ className, danger, ...rest }: ComponentProps<typeof Radix.Item> & { danger?: boolean }) {
  return <Radix.Item className={cn('menu-item', danger && 'bad [&_svg]:text-current!', className)} {...rest} />
}

export function MenuRadioItem({ children, className, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn('menu-item', className)} {...rest}>
      {children}
      <Radix.ItemIndicator className="menu-end ps-3">
        <Check aria-hidden />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  )
}

export const MenuTitle = ({ children }: { children: ReactNode }) => <Radix.Label className="menu-title">{children}</Radix.Label>
export const MenuSeparator = () => <Radix.Separator className="menu-line" />
