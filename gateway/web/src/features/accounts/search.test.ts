import { accountSearch, nextSort, readSort } from './search'

test.each([
  [{}, {}],
  [{ q: 'tech', sort: '-arr', level: 'At Risk' }, { q: 'tech', sort: '-arr', level: 'At Risk' }],
  [{ q: 42 }, { q: '42' }],
  [{ sort: 'password', level: 7, q: 'x'.repeat(999) }, {}],
  [{ sort: ['arr'], level: { a: 1 }, other: 1 }, {}],
])('%j opens the list with %j', (given, expected) => {
  expect(JSON.parse(JSON.stringify(accountSearch.parse(given)))).toEqual(expected)
})

test('a header turns between up and down; money starts at the top', () => {
  expect(nextSort(undefined, 'name')).toBe('-name')
  expect(nextSort('-name', 'name')).toBeUndefined()
  expect(nextSort(undefined, 'arr')).toBe('-arr')
  expect(nextSort('-arr', 'arr')).toBe('arr')
  expect(nextSort('arr', 'health')).toBe('health')
  expect(nextSort('health', 'name')).toBeUndefined()
  expect(readSort('-health')).toEqual({ column: 'health', direction: 'desc' })
})
