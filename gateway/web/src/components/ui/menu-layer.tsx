// The menu itself: Radix behaviour, our look.
import { useEffect, useRef } from 'react'
import { DropdownMenu as Radix } from 'radix-ui'
import { Check } from 'lucide-react'
import { cn } from '@/lib/cn'
import type { MenuEntry, MenuProps } from './menu-entries'

type Props = MenuProps & { opened: boolean; focused: boolean }

// not modal and not in a portal: the page stays readable, and the menu stays within its landmark
export function MenuLayer({ trigger, entries, align = 'end', className, opened, focused }: Props) {
  const place = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (focused) place.current?.focus()
    // only where it took the place of a button that had the focus
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return (
    <Radix.Root modal={false} defaultOpen={opened}>
      <Radix.Trigger ref={place} className={trigger.className} aria-label={trigger.label} title={trigger.title} {...trigger.attributes}>
        {trigger.children}
      </Radix.Trigger>
      <Radix.Content tabIndex={0} align={align} sideOffset={6} collisionPadding={8} className={cn('menu', className)}>
        {entries.map((entry, i) => (
          // entries of one menu keep their places
          // eslint-disable-next-line react/no-array-index-key
          <Entry key={i} entry={entry} />
        ))}
      </Radix.Content>
    </Radix.Root>
  )
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry === 'line') return <Radix.Separator className="menu-line" />
  if ('content' in entry) return entry.content
  if ('title' in entry) return <Radix.Label className="menu-title">{entry.title}</Radix.Label>
  if ('options' in entry) {
    return (
      <Radix.RadioGroup value={entry.value} onValueChange={entry.onPick}>
        {entry.options.map((one) => (
          <Radix.RadioItem key={one.value} value={one.value} className="menu-item">
            {one.icon}
            <bdi className="truncate">{one.label}</bdi>
            <Radix.ItemIndicator className="menu-end ps-3">
              <Check aria-hidden />
            </Radix.ItemIndicator>
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
    )
  }
  return (
    <Radix.Item className={cn('menu-item', entry.danger && 'bad [&_svg]:text-current!')} onSelect={entry.onSelect}>
      {entry.icon}
      <bdi className="truncate">{entry.label}</bdi>
    </Radix.Item>
  )
}
