import { draftOf, isSame, valueOf } from './draft'

test('what is typed becomes a value of the type', () => {
  expect(valueOf('currency', ' 52,000 ')).toEqual({ value: 52_000 })
  expect(valueOf('number', '1’234.5')).toEqual({ value: 1234.5 })
  expect(valueOf('percent', '100')).toEqual({ value: 100 })
  expect(valueOf('boolean', 'false')).toEqual({ value: false })
  expect(valueOf('date', '2027-02-28')).toEqual({ value: '2027-02-28' })
  expect(valueOf('multi_choice', ['a', 'b'])).toEqual({ value: ['a', 'b'] })
  expect(valueOf('url', 'https://halden.example/x')).toEqual({ value: 'https://halden.example/x' })
  expect(valueOf('json', '{"a": 1}')).toEqual({ value: { a: 1 } })
  expect(valueOf('text', ' Gold ')).toEqual({ value: 'Gold' })
})

test('nothing typed clears', () => {
  for (const type of ['text', 'number', 'date', 'url', 'choice', 'json'] as const) expect(valueOf(type, '  ')).toEqual({ value: null })
  expect(valueOf('multi_choice', [])).toEqual({ value: null })
})

test('what cannot be such a value is a fault', () => {
  expect(valueOf('number', 'twelve')).toEqual({ fault: 'number' })
  expect(valueOf('percent', '101')).toEqual({ fault: 'percent' })
  expect(valueOf('date', '2027-02-30')).toEqual({ fault: 'date' })
  expect(valueOf('url', 'javascript:alert(1)')).toEqual({ fault: 'url' })
  expect(valueOf('json', '{')).toEqual({ fault: 'json' })
})

test('a value survives being edited and left as it was', () => {
  for (const [type, value] of [['number', 0], ['boolean', false], ['text', 'x'], ['multi_choice', ['a']], ['json', { a: [1] }]] as const) {
    expect(valueOf(type, draftOf(type, value))).toEqual({ value })
  }
  expect(isSame(undefined, null)).toBe(true)
  expect(isSame({ a: 1 }, { a: 1 })).toBe(true)
  expect(isSame('1', 1)).toBe(false)
})
