// A change of milestones in words.
import type { Difference } from '@/components/draft/merge'
import { count, listed } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { MilestoneRow } from './milestones-api'

const fields = ['title', 'description', 'is_required', 'due_after_days', 'criteria', 'is_active'] as const

export function describeMilestone({ path: [id, field] }: Difference, rows: MilestoneRow[]) {
  const name = (of: string) => rows.find((row) => row.id === of)?.title ?? t('unknown')
  const text = (value: unknown): string => {
    if (Array.isArray(value)) return listed(value.map((one) => name(String(one))))
    if (value === undefined) return t('draft.removed')
    if (value === null) return t('notSet')
    if (typeof value === 'boolean') return t(value ? 'on' : 'off')
    if (typeof value === 'number') return count(value)
    return typeof value === 'object' ? ((value as Partial<MilestoneRow>).title ?? JSON.stringify(value)) : String(value)
  }
  if (id === 'order') return { field: t('stages.order'), text }
  const known = fields.find((one) => one === field)
  return { field: known ? `${name(id!)}: ${t(`ms.${known}`)}` : name(id!), text }
}
