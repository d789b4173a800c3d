import { cutOffs, executiveSearch, rangeOf } from './range'

test('a broken address is the plain page', () => {
  const broken = executiveSearch.parse({ range: 'century', from: 'x', csm: 'me', status: 'Lost', by: 7, mean: 'yes' })
  expect(Object.values(broken).every((value) => value === undefined)).toBe(true)
  expect(rangeOf(broken)).toEqual({ name: '90d' })
})

test('a custom range needs both ends in order', () => {
  expect(rangeOf({ range: 'custom', from: '2026-01-01' })).toEqual({ name: '90d' })
  expect(rangeOf({ range: 'custom', from: '2026-02-01', to: '2026-01-01' })).toEqual({ name: '90d' })
  expect(rangeOf({ range: 'custom', from: '2026-01-01', to: '2026-02-01' })).toEqual({ name: 'custom', from: '2026-01-01', to: '2026-02-01' })
})

test('a period that ends today has no end', () => {
  const now = Date.parse('2026-03-01T12:00:00Z')
  expect(cutOffs({ name: '30d' }, now)).toEqual({ since: '2026-01-30T12:00:00.000Z' })
  expect(cutOffs({ name: 'custom', from: '2026-02-01', to: '2026-03-01' }, now)).toEqual({ since: '2026-02-01T00:00:00.000Z' })
  expect(cutOffs({ name: 'custom', from: '2026-01-01', to: '2026-02-01' }, now)).toEqual({ since: '2026-01-01T00:00:00.000Z', until: '2026-02-01T23:59:59.999Z' })
})
