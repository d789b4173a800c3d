import { csvReader } from './csv-stream'
import { findDelimiter, findEncoding, findHeader, findShape, rowsOf } from './file-shape'

const bytes = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, little: boolean, mark: boolean) => {
  const units = (mark ? '\uFEFF' : '') + text
  const view = new DataView(new ArrayBuffer(units.length * 2))
  for (let i = 0; i < units.length; i++) view.setUint16(i * 2, units.charCodeAt(i), little)
  return new Uint8Array(view.buffer)
}

test.each([
  ['utf-8', bytes('\uFEFFname')],
  ['utf-8', bytes('Zoë Müller, 10 €')],
  ['utf-8', bytes('Zoë').subarray(0, 3)],
  ['utf-16le', utf16('Zoë', true, true)],
  ['utf-16be', utf16('Zoë', false, true)],
  ['utf-16le', utf16('name;value', true, false)],
  ['utf-16be', utf16('name;value', false, false)],
  ['windows-1252', new Uint8Array([0x5a, 0x6f, 0xeb, 0x20, 0x80])],
] as const)('encoding %s', (expected, given) => {
  expect(findEncoding(given)).toBe(expected)
})

test.each([
  [',', 'a,b\n1,2\n'], [';', 'a;b\n1,5;2,5\n3,1;4\n'], ['\t', 'a\tb\n1, 2\t2\n'], ['|', 'a|b|c\n1|2|3\n'], [';', '"x;y,z,q";b\n"a";c\n'],
])('the separator %j', (expected, text) => {
  expect(findDelimiter(text)).toBe(expected)
})

test('a first row of names is a head, one of values is not', () => {
  expect(findHeader([['Name', 'ARR'], ['A', '1']])).toBe(true)
  expect(findHeader([['Acme', '12,500.00']])).toBe(false)
  expect(findHeader([['Acme', '2026-01-31']])).toBe(false)
  expect(findHeader([['a', 'a']])).toBe(false)
  expect(findShape(bytes('Name;ARR\nMüller;5\n'))).toEqual({ encoding: 'utf-8', delimiter: ';', hasHeader: true })
})

const sample = 'a,"b ""x"", y"\r\n"two\r\nlines",\r\n\r\n ,"" \r\nlast,5"'
const expected = [['a', 'b "x", y'], ['two\r\nlines', ''], ['last', '5"']]

test('rows are the same however the text is cut into pieces', () => {
  expect(rowsOf(sample, ',')).toEqual(expected)
  for (let size = 1; size < sample.length; size++) {
    const reader = csvReader(',')
    const rows: string[][] = []
    for (let from = 0; from < sample.length; from += size) rows.push(...reader.push(sample.slice(from, from + size)))
    expect([...rows, ...reader.end()], `pieces of ${size}`).toEqual(expected)
  }
})
