// What a file is written in: encoding, separator, and whether its first row names the columns. Pure.
import { csvReader } from './csv-stream'

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type Encoding = (typeof ENCODINGS)[number]
export const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]
export type Shape = { encoding: Encoding; delimiter: Delimiter; hasHeader: boolean }

/** By its first bytes: a mark, zeros in every other place, or that it is no valid UTF-8. */
export function findEncoding(bytes: Uint8Array): Encoding {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  const head = bytes.subarray(0, 1024)
  const zeros = (odd: number) => head.filter((byte, i) => byte === 0 && i % 2 === odd).length
  if (zeros(1) > head.length / 4) return 'utf-16le'
  if (zeros(0) > head.length / 4) return 'utf-16be'
  try {
    // the last sign may be cut
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

const ROWS = 30

export function rowsOf(text: string, delimiter: Delimiter, most = ROWS): string[][] {
  const reader = csvReader(delimiter)
  return [...reader.push(text), ...reader.end()].slice(0, most)
}

/** The one that cuts the most rows into equally many cells. */
export function findDelimiter(text: string): Delimiter {
  const score = (delimiter: Delimiter) => {
    // the last row may be cut
    const widths = rowsOf(text, delimiter).map((row) => row.length)
    const width = widths[0] ?? 1
    return width < 2 ? 0 : (widths.filter((one) => one === width).length / widths.length) * 100 + width
  }
  return DELIMITERS.toSorted((one, other) => score(other) - score(one))[0]!
}

const isValue = (cell: string) => /^[\s$€£]*-?[\d.,]+\s*%?$/.test(cell) || /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/.test(cell) || cell.includes('@')

/** Names are short, different, and neither numbers nor days. */
export function findHeader(rows: string[][]): boolean {
  const first = rows[0]?.map((cell) => cell.trim().toLowerCase()) ?? []
  const named = first.filter(Boolean)
  return named.length > 0 && new Set(named).size === named.length && !named.some(isValue)
}

export function findShape(bytes: Uint8Array): Shape {
  const encoding = findEncoding(bytes)
  const text = new TextDecoder(encoding).decode(bytes, { stream: true })
  const delimiter = findDelimiter(text)
  return { encoding, delimiter, hasHeader: findHeader(rowsOf(text, delimiter)) }
}
