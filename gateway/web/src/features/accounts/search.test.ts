import { accountSearch, nextSort, readSort, serverSort } from './search'

test.each([
  [{}, {}],
  [{ q: 'tech', sort: '-arr,health', level: 'At Risk' }, { q: 'tech', sort: '-arr,health', level: 'At Risk' }],
  [{ q: 42 }, { q: '42' }],
  [{ sort: 'password', level: 7, q: 'x'.repeat(999) }, {}],
  [{ sort: 'arr,health,csm,name' }, {}],
  [{ sort: 'parts' }, {}],
  [{ sort: '-crm_attributes.tier', cols: 'name,crm_attributes.tier,arr' }, { sort: '-crm_attributes.tier', cols: 'name,crm_attributes.tier,arr' }],
  [{ cols: 'name,nothing', layout: 'ring', view: 'x'.repeat(99) }, {}],
  [{ layout: 'tree', view: 'risk' }, { layout: 'tree', view: 'risk' }],
  [{ sort: ['arr'], level: { a: 1 }, other: 1 }, {}],
])('%j opens the list with %j', (given, expected) => {
  expect(JSON.parse(JSON.stringify(accountSearch.parse(given)))).toEqual(expected)
})

test('a header turns between up and down, then back to the names; money starts at the top', () => {
  expect(nextSort(undefined, 'name')).toBe('-name')
  expect(nextSort('-name', 'name')).toBeUndefined()
  expect(nextSort(undefined, 'arr')).toBe('-arr')
  expect(nextSort('-arr', 'arr')).toBe('arr')
  expect(nextSort('arr', 'arr')).toBeUndefined()
  expect(nextSort('arr', 'health')).toBe('health')
  expect(readSort('-health')).toEqual([{ key: 'health', direction: 'desc' }])
})

test('with Shift a header adds itself, turns in its place, and leaves again', () => {
  expect(nextSort(undefined, 'arr', true)).toBe('-arr')
  expect(nextSort('-arr', 'health', true)).toBe('-arr,health')
  expect(nextSort('-arr,health', 'arr', true)).toBe('arr,health')
  expect(nextSort('arr,health', 'arr', true)).toBe('health')
  expect(nextSort('arr,health,csm', 'stage', true)).toBe('arr,health,stage')
})

test.each([
  [undefined, 'name.asc'],
  ['-name', 'name.desc'],
  ['-arr', 'arr.desc,name.asc'],
  ['health,-arr', 'health_score.asc,arr.desc,name.asc'],
  ['renewal', 'contract_end_date.asc,name.asc'],
  ['crm_attributes.tier', 'crm_attributes.tier.asc,name.asc'],
] as const)('sort %s is %s for the server, equal values by name', (sort, expected) => {
  expect(serverSort(sort)).toBe(expected)
})
