// A change of stages in words: which stage, what of it, and its value.
import type { Difference } from '@/components/draft/merge'
import { count, listed } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { StageRow } from './stages-api'

const fields = ['name', 'target_duration_days', 'wip_limit', 'color_hex', 'is_side', 'is_end', 'is_active'] as const

export function describeStage({ path: [id, field] }: Difference, rows: StageRow[]) {
  const name = (of: string) => rows.find((row) => row.id === of)?.name ?? t('unknown')
  const text = (value: unknown): string => {
    if (Array.isArray(value)) return listed(value.map((one) => name(String(one))))
    if (value === undefined) return t('draft.removed')
    if (value === null) return t('notSet')
    if (typeof value === 'boolean') return t(value ? 'on' : 'off')
    if (typeof value === 'number') return count(value)
    return typeof value === 'object' ? (value as StageRow).name : String(value)
  }
  if (id === 'order') return { field: t('stages.order'), text }
  const known = fields.find((one) => one === field)
  return { field: known ? `${name(id!)}: ${t(`stages.${known}`)}` : name(id!), text }
}
