// The kinds of events, each with its sign.
import { ArrowLeftRight, ChartLine, CircleCheck, CircleDollarSign, Gauge, ListTodo, Mail, Pencil, Phone, StickyNote, Users, Zap, type LucideIcon } from 'lucide-react'
import type { Kind } from '../search'

const icons: Record<Kind, LucideIcon> = {
  call: Phone, email: Mail, meeting: Users, note: StickyNote, task: ListTodo, stage: ArrowLeftRight, health: ChartLine, override: Gauge, milestone: CircleCheck, playbook: Zap,
  arr: CircleDollarSign, field: Pencil,
}

export function KindIcon({ kind, className }: { kind: string; className?: string }) {
  const Icon = icons[kind as Kind] ?? Pencil
  return <Icon aria-hidden className={className} strokeWidth={1.5} />
}

/** What people log; the others are told by the database. */
export const LOGGED = ['call', 'email', 'meeting', 'note', 'task'] as const
export type Logged = (typeof LOGGED)[number]
