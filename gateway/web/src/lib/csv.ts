// A table as a file of comma-separated values that no spreadsheet takes for a formula.
export type Cell = string | number | null

export function csv(head: string[], rows: Cell[][]) {
  return [head, ...rows].map((row) => row.map(written).join(',')).join('\r\n') + '\r\n'
}

function written(cell: Cell) {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function download(name: string, text: string) {
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 1_000)
}

/** The cells of a file of comma- or semicolon-separated values; quotes as in RFC 4180. */
export function parseCsv(text: string): string[][] {
  const content = text.replace(/^\uFEFF/, '')
  const separator = (/^[^\r\n]*/.exec(content)?.[0] ?? '').includes(';') ? ';' : ','
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const endCell = () => {
    rows.at(-1)!.push(cell.trim())
    cell = ''
  }
  for (let i = 0; i < content.length; i++) {
    const sign = content[i]!
    if (quoted && sign === '"' && content[i + 1] === '"') {
      cell += '"'
      i++
    } else if (sign === '"' && (quoted || cell.trim() === '')) quoted = !quoted
    else if (!quoted && sign === separator) endCell()
    else if (!quoted && sign === '\n') {
      endCell()
      rows.push([])
    } else if (quoted || sign !== '\r') cell += sign
  }
  endCell()
  return rows.filter((row) => row.some((one) => one !== ''))
}
