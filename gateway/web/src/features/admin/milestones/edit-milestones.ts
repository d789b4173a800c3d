// Changes to the milestones of a stage, and what is wrong with them. Pure.
import { isSame } from '@/components/draft/merge'
import type { MilestoneChange, MilestoneRow } from './milestones-api'

const NEW = 'new-'
export const isNew = ({ id }: Pick<MilestoneRow, 'id'>) => id.startsWith(NEW)

export const newMilestone = (): MilestoneRow => ({ id: `${NEW}${crypto.randomUUID()}`, title: '', description: null, is_required: true, due_after_days: null, criteria: null, is_active: true })

export const active = (rows: MilestoneRow[]) => rows.filter((row) => row.is_active)
export const changed = (rows: MilestoneRow[], id: string, part: Partial<MilestoneRow>) => rows.map((row) => (row.id === id ? { ...row, ...part } : row))

/** One step among those in use. */
export function stepped(rows: MilestoneRow[], id: string, step: -1 | 1): MilestoneRow[] {
  const used = active(rows)
  const at = used.findIndex((row) => row.id === id)
  const other = used[at + step]
  if (at < 0 || !other) return rows
  return rows.map((row) => (row.id === id ? other : row.id === other.id ? used[at]! : row))
}

export const isWrong = (row: MilestoneRow) => row.title.trim() === '' || (row.due_after_days !== null && !(Number.isInteger(row.due_after_days) && row.due_after_days >= 1))

/** What has to be sent to get from one list to the other. */
export function changesOf(base: MilestoneRow[], rows: MilestoneRow[]): MilestoneChange[] {
  const moved = !isSame(base.map(({ id }) => id), rows.map(({ id }) => id))
  return rows.flatMap((row, at): MilestoneChange[] => {
    const before = base.find((one) => one.id === row.id)
    if (!before) {
      const { id: _, ...fresh } = row
      return [{ ...fresh, title: row.title.trim(), display_order: at + 1 }]
    }
    const parts = Object.entries(row).filter(([key, value]) => !isSame(before[key as keyof MilestoneRow], value))
    return moved || parts.length > 0 ? [{ id: row.id, ...Object.fromEntries(parts), ...(moved ? { display_order: at + 1 } : {}) }] : []
  })
}
