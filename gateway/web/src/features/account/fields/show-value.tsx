// A value of a field as people read it.
import type { ReactNode } from 'react'
import { isAddress, type ValueType } from '@/components/edit/draft'
import type { Option } from '@/components/edit/editor'
import { day, decimal, listed, money } from '@/lib/format'
import { t } from '@/lib/i18n'

type Given = { type: ValueType; value: unknown; options?: readonly Option[]; currency: string }

const isDate = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)

export function valueText({ type, value, options, currency }: Given): string {
  if (value === null || value === undefined || value === '') return t('notSet')
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  if (type === 'currency' && Number.isFinite(number)) return money(number, currency)
  if (type === 'percent' && Number.isFinite(number)) return `${decimal(number, 2)}%`
  if (type === 'number' && Number.isFinite(number)) return decimal(number, 4)
  if (type === 'date' && isDate(value)) return day(value)
  if (typeof value === 'boolean') return t(value ? 'edit.yes' : 'edit.no')
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return listed(value)
  if (typeof value === 'object') return JSON.stringify(value)
  return options?.find((one) => one.value === value)?.label ?? String(value)
}

export function ShowValue(given: Given): ReactNode {
  const { type, value } = given
  const text = valueText(given)
  if (value === null || value === undefined || value === '') return <span className="quiet">{text}</span>
  if (type === 'url' && typeof value === 'string' && isAddress(value)) return <bdi className="link">{text.replace(/^https?:\/\//, '')}</bdi>
  if (type === 'json') return <code className="text-xs">{text}</code>
  return <bdi className={typeof value === 'number' ? 'num' : undefined}>{text}</bdi>
}
