import { journeySearch, toggled } from './search'

test('what a broken address holds falls back, the rest stays', () => {
  const read = journeySearch.parse({ q: 'acme', sort: 'nonsense', lanes: 'csm', hide: 'arr,wings', folded: 'x', side: false, compact: 'yes', period: '90d', criteria: 7 })
  expect(read).toMatchObject({ q: 'acme', lanes: 'csm', side: false, period: '90d' })
  for (const key of ['sort', 'hide', 'folded', 'compact', 'criteria'] as const) expect(read[key]).toBeUndefined()
  expect(journeySearch.parse({ hide: 'arr,csm' }).hide).toBe('arr,csm')
})

test('one of a list is put in or taken out', () => {
  expect(toggled(undefined, 'arr')).toBe('arr')
  expect(toggled('arr', 'csm')).toBe('arr,csm')
  expect(toggled('arr,csm', 'arr')).toBe('csm')
  expect(toggled('csm', 'csm')).toBeUndefined()
})
