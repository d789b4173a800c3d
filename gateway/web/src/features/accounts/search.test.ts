import { accountSearch, nextSort, readSort, serverSort } from './search'

test.each([
  [{}, {}],
  [{ q: 'tech', sort: '-arr', level: 'At Risk' }, { q: 'tech', sort: '-arr', level: 'At Risk' }],
  [{ q: 42 }, { q: '42' }],
  [{ sort: 'password', level: 7, q: 'x'.repeat(999) }, {}],
  [{ sort: ['arr'], level: { a: 1 }, other: 1 }, {}],
])('%j opens the list with %j', (given, expected) => {
  expect(JSON.parse(JSON.stringify(accountSearch.parse(given)))).toEqual(expected)
})

test('a header turns between up and down, then back to families; money starts at the top', () => {
  expect(nextSort(undefined, 'name')).toBe('name')
  expect(nextSort('name', 'name')).toBe('-name')
  expect(nextSort('-name', 'name')).toBeUndefined()
  expect(nextSort(undefined, 'arr')).toBe('-arr')
  expect(nextSort('-arr', 'arr')).toBe('arr')
  expect(nextSort('arr', 'arr')).toBeUndefined()
  expect(nextSort('arr', 'health')).toBe('health')
  expect(nextSort('health', 'name')).toBe('name')
  expect(readSort('-health')).toEqual({ key: 'health', direction: 'desc' })
})

test.each([
  [undefined, 'tree'],
  ['name', 'name.asc'],
  ['-name', 'name.desc'],
  ['-arr', 'arr.desc,name.asc'],
  ['health', 'health_score.asc,name.asc'],
  ['renewal', 'contract_end_date.asc,name.asc'],
] as const)('sort %s is %s for the server, equal values by name', (sort, expected) => {
  expect(serverSort(sort)).toBe(expected)
})
