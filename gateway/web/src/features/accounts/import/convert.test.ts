import { convert, keyed, isDayFirst, readDay, readMoment, readNumber, type Column } from './convert'

test.each([
  ['1234', 1234], ['$1,234.50', 1234.5], ['1.234,50 €', 1234.5], ['1,234', 1234], ['1,5', 1.5], ['1.234', 1.234], ['1.234.567', 1234567], ['-5', -5], ['12 %', 12], ["1'234", 1234],
  ['n/a', undefined], ['', undefined], ['1,2,3.4.5', undefined], ['12 cats', undefined],
])('%j is the number %s', (text, expected) => {
  expect(readNumber(text)).toBe(expected)
})

test.each([
  ['2027-01-31', false, '2027-01-31'], ['2027-01-31T10:00:00Z', false, '2027-01-31'], ['01/31/2027', false, '2027-01-31'], ['1/2/2027', false, '2027-01-02'], ['1/2/2027', true, '2027-02-01'], ['31.1.2027', false, '2027-01-31'],
  ['31/1/2027', false, undefined], ['soon', false, undefined],
])('%j, day first %s, is %s', (text, dayFirst, expected) => {
  expect(readDay(text, dayFirst)).toBe(expected)
})

test.each([
  ['2027-01-31T10:00:00Z', false, '2027-01-31T10:00:00Z'], ['31.1.2027', false, '2027-01-31'], ['1/2/2027 08:15', true, '2027-02-01 08:15'], ['31.01.2027, 8:15', false, '2027-01-31 8:15'], ['yesterday', false, 'yesterday'],
])('%j, day first %s, is the moment %s', (text, dayFirst, expected) => {
  expect(readMoment(text, dayFirst)).toBe(expected)
})

test('a column whose days cannot be months has the day first', () => {
  expect(isDayFirst(['1/2/2027', '31/1/2027'])).toBe(true)
  expect(isDayFirst(['1/2/2027', '1/31/2027'])).toBe(false)
})

test('a line becomes a row; empty cells and columns that are left out say nothing', () => {
  const column = (target: string, type = 'text'): Column => ({ target, type, dayFirst: false })
  const columns = [column('external_id'), column('name'), column('csm'), column('status'), column('crm_attributes.arr', 'currency'), column('crm_attributes.tags', 'multi_choice'), column(''), column('crm_attributes.live', 'boolean')]
  const emailOf = (name: string) => (name === 'Bob Builder' ? 'bob@acme.com' : undefined)
  expect(convert([' A-1 ', 'Halden', 'Bob Builder', 'active', '$5', 'a; b', 'x', 'yes'], columns, emailOf)).toEqual({
    external_id: 'A-1', name: 'Halden', csm: 'bob@acme.com', status: 'Active', crm_attributes: { arr: 5, tags: ['a', 'b'], live: true },
  })
  expect(convert(['A-2', '', 'Nobody', '', 'much'], columns, emailOf)).toEqual({ external_id: 'A-2', csm: 'Nobody', crm_attributes: { arr: 'much' } })
})

test('without a column of ids the name is the key', () => {
  expect(keyed({ name: 'Halden' }, ['name', ''])).toEqual({ name: 'Halden', external_id: 'Halden' })
  expect(keyed({ name: 'Halden' }, ['name', 'external_id'])).toEqual({ name: 'Halden' })
})
