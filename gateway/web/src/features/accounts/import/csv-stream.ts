// Reads comma-separated values as they come in: text in pieces in, whole rows out. Quotes as in RFC 4180. Pure.
import { unguarded } from '@/lib/formula'

export type CsvReader = { push: (text: string) => string[][]; end: () => string[][] }

export function csvReader(delimiter: string): CsvReader {
  let cell = ''
  let row: string[] = []
  let quoted = false
  // a quote at the end of a piece may be the first of two
  let pending = false
  let started = false
  let after = ''

  const endCell = () => {
    row.push(unguarded(cell))
    cell = ''
    started = false
  }
  function take(text: string, last: boolean) {
    const rows: string[][] = []
    const endRow = () => {
      endCell()
      if (row.some((one) => one.trim() !== '')) rows.push(row)
      row = []
    }
    for (const sign of text) {
      if (pending) {
        pending = false
        if (sign === '"') {
          cell += '"'
          continue
        }
        quoted = false
      }
      if (quoted) {
        if (sign === '"') pending = true
        else cell += sign
      } else if (sign === '"' && !started) {
        quoted = true
        started = true
        cell = ''
      } else if (sign === delimiter) endCell()
      else if (sign === '\n' && after === '\r') {
        // the second half of a line's end
      } else if (sign === '\n' || sign === '\r') endRow()
      else {
        cell += sign
        started ||= sign !== ' '
      }
      after = quoted ? '' : sign
    }
    if (last && (cell !== '' || row.length > 0)) endRow()
    return rows
  }
  return { push: (text) => take(text, false), end: () => take('', true) }
}
