// The value of a tenant's own field as text, as its type is written. Pure.
import { count, day, listed, money, percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { CellContext } from './cells'

/** Undefined where there is none. */
export function customText(value: unknown, type: string, { currency, people }: Pick<CellContext, 'currency' | 'people'>): string | undefined {
  if (value === null || value === undefined || value === '') return undefined
  if (Array.isArray(value)) return value.length > 0 ? listed(value.map(String)) : undefined
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (typeof value === 'number') return type === 'currency' ? money(value, currency) : type === 'percent' ? percent(value / 100) : count(value)
  if (typeof value === 'object') return JSON.stringify(value)
  if (type === 'member') return people.get(String(value)) ?? t('unknown')
  if (type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(String(value))) return day(String(value))
  return String(value)
}

/** As it is kept: for files that are read again. */
export function customRaw(value: unknown): string | number | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
