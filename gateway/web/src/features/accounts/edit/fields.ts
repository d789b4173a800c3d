// The fields that are changed in the list itself: what can be chosen, and what the server calls them. Pure.
import type { Option } from '@/components/edit/editor'
import { t } from '@/lib/i18n'
import type { Account } from '../api'
import type { CellContext } from '../cells'
import { STATUSES } from '@/lib/account-filter'

export type Field = 'csm' | 'status'
export type SaveCell = (row: Account, field: Field, value: string | null) => Promise<void>

export const isEditable = (key: string): key is Field => key === 'csm' || key === 'status'

export const fieldKey = (field: Field) => (field === 'csm' ? ('csm_id' as const) : field)

export const valueOf = (row: Account, field: Field): string | null => row[fieldKey(field)]

export function optionsOf(field: Field, row: Account, { colleagues }: CellContext): Option[] {
  if (field === 'status') return STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))
  const known = colleagues.map(({ id, name }) => ({ value: id, label: name }))
  // who left, but still has it
  const left = row.csm_id && !known.some(({ value }) => value === row.csm_id) ? [{ value: row.csm_id, label: row.csm_name ?? t('unknown') }] : []
  return [{ value: '', label: t('exec.noCsm') }, ...known, ...left]
}
