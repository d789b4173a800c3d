// A line of a file as the row that the server imports: numbers, days and lists read as they are usually written. What cannot be
// read goes to the server as it is, which then says what is wrong with it. Pure.
import type { FieldInfo } from '@/components/criteria-builder/field-types'
import { PREFIX, type Target } from './mapping'

export type Column = { target: Target; type: string; /** 01/02/2027 is February 1st */ dayFirst: boolean }
export type ImportRow = { external_id?: string; parent_external_id?: string; crm_attributes?: Record<string, unknown> } & Record<string, unknown>

const STATUSES = ['Active', 'Paused', 'Churned']
const typeOf: Record<string, string> = { arr: 'currency', contract_end_date: 'date', seats: 'number' }

/** "$1,234.50" and "1.234,50 €" are numbers; a single separator with three digits after it is one of thousands. */
export function readNumber(text: string): number | undefined {
  const bare = text.replace(/[\s\u00a0$€£¥%']|USD|EUR|GBP|CHF/gi, '')
  if (!/^-?[\d.,]+$/.test(bare) || !/\d/.test(bare)) return undefined
  const [comma, dot] = [bare.lastIndexOf(','), bare.lastIndexOf('.')]
  const sign = comma > dot ? ',' : '.'
  const thousands = sign === ',' ? '.' : ','
  const groups = bare.split(sign)
  const isGrouped = comma < 0 || dot < 0 ? groups.length > 2 || (sign === ',' && /,\d{3}$/.test(bare)) : false
  const plain = isGrouped ? bare.replaceAll(sign, '') : bare.replaceAll(thousands, '').replace(sign, '.')
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined
}

export function readDay(text: string, dayFirst: boolean): string | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})([T ].*)?$/.exec(text)
  if (iso) return `${iso[1]}-${iso[2]}-${iso[3]}`
  const found = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})([T ].*)?$/.exec(text)
  if (!found) return undefined
  const [, first, sign, second, year] = found
  const [day, month] = dayFirst || sign === '.' ? [first, second] : [second, first]
  if (Number(month) > 12 || Number(day) > 31) return undefined
  return `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
}

/** A day as it is usually written, with the time after it as it is. */
export function readMoment(text: string, dayFirst: boolean): string {
  const [, written = '', time = ''] = /^([\d/.-]+)(.*)$/.exec(text) ?? []
  const day = readDay(written, dayFirst)
  return day === undefined ? text : `${day}${time.replace(/^,?\s+/, ' ')}`
}

/** Days come first where one of them cannot be a month. */
export const isDayFirst = (values: string[]) => values.some((one) => Number(/^(\d{1,2})[/-]\d{1,2}[/-]\d{4}/.exec(one.trim())?.[1] ?? 0) > 12)

function valueOf(cell: string, { type, dayFirst }: Column): unknown {
  if (['number', 'currency', 'percent'].includes(type)) return readNumber(cell) ?? cell
  if (type === 'date') return readDay(cell, dayFirst) ?? cell
  if (type === 'boolean') return /^(true|yes|y|1|ja|wahr)$/i.test(cell) ? true : /^(false|no|n|0|nein|falsch)$/i.test(cell) ? false : cell
  if (type === 'multi_choice') return cell.split(/[;|]/).map((one) => one.trim()).filter(Boolean)
  if (type === 'any') return /^-?\d{1,15}(\.\d+)?$/.test(cell) ? Number(cell) : cell
  return cell
}

export const typeOfTarget = (target: Target, fields: FieldInfo[]) => typeOf[target.slice(PREFIX.length)] ?? fields.find((one) => one.field === target)?.type ?? (target.startsWith(PREFIX) ? 'any' : 'text')

/** Empty cells say nothing: what an account has stays as it is. */
export function convert(cells: string[], columns: Column[], emailOf: (name: string) => string | undefined): ImportRow {
  const row: ImportRow = {}
  const crm: Record<string, unknown> = {}
  columns.forEach((column, i) => {
    const cell = (cells[i] ?? '').trim()
    const { target } = column
    if (target === '' || cell === '') return
    if (target.startsWith(PREFIX)) crm[target.slice(PREFIX.length)] = valueOf(cell, column)
    else if (target === 'csm') row.csm = cell.includes('@') ? cell : (emailOf(cell) ?? cell)
    else if (target === 'as_of') row.as_of = readMoment(cell, column.dayFirst)
    else if (target === 'status') row.status = STATUSES.find((one) => one.toLowerCase() === cell.toLowerCase()) ?? cell
    else row[target] = cell
  })
  if (Object.keys(crm).length > 0) row.crm_attributes = crm
  return row
}

/** Where no column is the external id, the name takes its place. */
export const keyed = (row: ImportRow, targets: Target[]): ImportRow => (!targets.includes('external_id') && typeof row.name === 'string' ? { ...row, external_id: row.name } : row)
