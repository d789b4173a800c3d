// The list as a file: the same rows in the same order with the same columns, as the screen writes them or as they are kept.
import { csv, type Cell } from '@/lib/csv'
import type { Account } from './api'
import type { CellContext } from './cells'
import type { Column } from './columns'

export type Form = 'shown' | 'raw'

export function fileOf(rows: Account[], columns: Column[], context: CellContext, form: Form): string {
  const written = columns.filter((column) => !column.drawn)
  const cell = (column: Column, row: Account): Cell => (form === 'raw' ? column.raw(row) : column.text(row, context))
  return csv(written.map((column) => (form === 'raw' ? column.key : column.header)), rows.map((row) => written.map((column) => cell(column, row))))
}

/** "accounts-at-risk-2026-11-22.csv" */
export function fileName(view: string, today = new Date().toISOString().slice(0, 10)) {
  const plain = view.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
  return `accounts-${plain || 'list'}-${today}.csv`
}
