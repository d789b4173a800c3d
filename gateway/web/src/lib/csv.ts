// A table as a file of comma-separated values that no spreadsheet takes for a formula.
import { guarded } from './formula'

export type Cell = string | number | null

export function csv(head: string[], rows: Cell[][]) {
  return [head, ...rows].map((row) => row.map(written).join(',')).join('\r\n') + '\r\n'
}

function written(cell: Cell) {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = guarded(cell)
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function download(name: string, text: string) {
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 1_000)
}
