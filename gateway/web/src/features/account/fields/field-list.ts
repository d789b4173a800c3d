// The fields of an account: those every one has, those the tenant defined, and keys nobody described. Pure.
import { VALUE_TYPES, type ValueType } from '@/components/edit/draft'
import type { Option } from '@/components/edit/editor'
import { t } from '@/lib/i18n'
import { STATUSES, type AccountPage } from '../api'

export type FieldRow = {
  /** as the server names it: `name`, `crm_attributes.industry` */
  field: string
  label: string
  type: ValueType
  value: unknown
  group: 'own' | 'crm' | 'custom' | 'unknown'
  options?: readonly Option[]
  required?: boolean
  /** changed by the server or elsewhere alone */
  fixed?: boolean
}

/** Keys of crm_attributes that the product itself knows. */
const KNOWN: [key: string, type: ValueType][] = [['arr', 'currency'], ['contract_end_date', 'date'], ['industry', 'text'], ['seats', 'number'], ['api_only', 'boolean']]

const typeOf = (value: unknown): ValueType => (typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : typeof value === 'string' ? 'text' : 'json')
const known = (type: string): ValueType => VALUE_TYPES.find((one) => one === type) ?? 'text'

export function fieldsOf({ account, fields }: AccountPage, people: readonly Option[]): FieldRow[] {
  const crm = account.crm_attributes
  const own: FieldRow[] = [
    { field: 'name', label: t('fld.name'), type: 'text', value: account.name, group: 'own', required: true },
    { field: 'external_id', label: t('fld.external_id'), type: 'text', value: account.external_id, group: 'own' },
    { field: 'csm_id', label: t('col.csm'), type: 'member', value: account.csm_id, group: 'own', options: people },
    { field: 'status', label: t('col.status'), type: 'choice', value: account.status, group: 'own', required: true, options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })) },
  ]
  const described = KNOWN.map(([key, type]): FieldRow => ({ field: `crm_attributes.${key}`, label: t(`fld.${key as 'arr'}`), type, value: crm[key], group: 'crm' }))
  const custom = fields.map(
    ({ key, label, type, value, options, is_required }): FieldRow => ({
      field: `crm_attributes.${key}`,
      label,
      type: known(type),
      value,
      group: 'custom',
      required: is_required,
      options: type === 'member' ? people : options?.map((one) => ({ value: one, label: one })),
    }),
  )
  const taken = new Set([...KNOWN.map(([key]) => key), ...fields.map(({ key }) => key)])
  const rest = Object.entries(crm)
    .filter(([key]) => !taken.has(key))
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([key, value]): FieldRow => ({ field: `crm_attributes.${key}`, label: key, type: typeOf(value), value, group: 'unknown' }))
  return [...own, ...described, ...custom, ...rest]
}

/** The patch of update_account that gives this field this value. */
export function patchOf(field: string, value: unknown) {
  const key = /^crm_attributes\.(.+)$/s.exec(field)?.[1]
  return key === undefined ? { [field]: value } : { crm_attributes: { [key]: value } }
}

/** What an object of columns, as a conflict has it, says of a field. */
export function valueIn(columns: Record<string, unknown>, field: string): unknown {
  const key = /^crm_attributes\.(.+)$/s.exec(field)?.[1]
  if (key === undefined) return columns[field]
  const attributes = columns.crm_attributes
  return typeof attributes === 'object' && attributes !== null ? (attributes as Record<string, unknown>)[key] : undefined
}

/** Whether it says anything of it: what is the same on both sides is left out. */
export function isIn(columns: Record<string, unknown>, field: string) {
  const key = /^crm_attributes\.(.+)$/s.exec(field)?.[1]
  if (key === undefined) return field in columns
  const attributes = columns.crm_attributes
  return typeof attributes === 'object' && attributes !== null && key in attributes
}

/** How a field that the server names is called on screen. */
export const fieldLabel = (rows: readonly FieldRow[], field: string) => rows.find((one) => one.field === field)?.label ?? (field === 'parent_id' ? t('peek.parent') : field.replace(/^crm_attributes\./, ''))
