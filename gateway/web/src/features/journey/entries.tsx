// What can be done with a card, as the entries of its menu: where it can go first.
import { CheckSquare, Eye, SquareArrowOutUpRight } from 'lucide-react'
import type { MenuEntry } from '@/components/ui/menu-entries'
import { t } from '@/lib/i18n'
import type { Card, Column } from './api'

type Does = { mayMove: boolean; move: (id: string, to: Column) => void; ask: (id: string) => void; select: (id: string) => void; peek: (id: string) => void; open: (id: string) => void }

export function entriesOf(card: Card, stageId: string, columns: Column[], does: Does): MenuEntry[] {
  const others = columns.filter(({ stage_id }) => stage_id !== stageId)
  const look: MenuEntry[] = [
    { label: t('board.look'), icon: <Eye aria-hidden />, onSelect: () => does.peek(card.id) },
    { label: t('board.openPage'), icon: <SquareArrowOutUpRight aria-hidden />, onSelect: () => does.open(card.id) },
  ]
  if (!does.mayMove) return look
  return [
    { title: t('board.moveTo') },
    ...others.map((column): MenuEntry => ({ label: column.stage, icon: <span aria-hidden className="grid size-4 place-items-center"><span className="swatch" style={{ background: column.color_hex ?? 'var(--no-data)' }} /></span>, onSelect: () => does.move(card.id, column) })),
    { label: t('board.moveWithNote'), icon: <span aria-hidden className="size-4" />, onSelect: () => does.ask(card.id) },
    'line',
    { label: t('board.selectThis'), icon: <CheckSquare aria-hidden />, onSelect: () => does.select(card.id) },
    ...look,
  ]
}
