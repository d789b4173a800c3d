// What a menu is made of.
import type { ReactNode } from 'react'

export type MenuEntry =
  | { label: string; icon?: ReactNode; danger?: boolean; onSelect: () => void }
  | { value: string; options: { value: string; label: string; icon?: ReactNode }[]; onPick: (value: string) => void }
  | { title: string }
  | { content: ReactNode }
  | 'line'

export type MenuProps = {
  trigger: { className: string; label?: string; title?: string; children: ReactNode; attributes?: Record<string, string | number> }
  entries: MenuEntry[]
  align?: 'start' | 'end'
  className?: string
}
