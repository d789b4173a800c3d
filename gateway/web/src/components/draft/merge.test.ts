import { differences, isSame, merge } from './merge'

const a = { id: 'a', name: 'A', days: 30 }
const b = { id: 'b', name: 'B', days: 60 }
const c = { id: 'c', name: 'C', days: null }

test('a change is told by where it is', () => {
  expect(differences([a, b], [a, { ...b, days: 45 }])).toEqual([{ path: ['b', 'days'], from: 60, to: 45 }])
  expect(differences({ weights: { usage: 25 } }, { weights: { usage: 40 } })).toEqual([{ path: ['weights', 'usage'], from: 25, to: 40 }])
  expect(differences([a], [a, b])).toEqual([{ path: ['b'], from: undefined, to: b }])
  expect(differences([a], [])).toEqual([{ path: ['a'], from: a, to: undefined }])
  expect(differences([a, b], [b, a])).toEqual([{ path: ['order'], from: ['a', 'b'], to: ['b', 'a'] }])
  expect(differences([a, b], [a, b])).toEqual([])
})

test('absent is as good as null, and the order of fields says nothing', () => {
  expect(isSame({ a: 1, b: null }, { b: undefined, a: 1 })).toBe(true)
  expect(isSame([1, 2], [2, 1])).toBe(false)
})

test('what only one of two changed is kept, what both changed is mine', () => {
  expect(merge([a, b], [{ ...a, name: 'Theirs' }, b], [a, { ...b, days: 45 }])).toEqual([{ ...a, name: 'Theirs' }, { ...b, days: 45 }])
  expect(merge([a], [{ ...a, days: 10 }], [{ ...a, days: 20 }])).toEqual([{ ...a, days: 20 }])
})

test('what one of two removed stays gone, what either added stays', () => {
  expect(merge([a, b], [b], [a, b, c])).toEqual([b, c])
  expect(merge([a], [a, b], [a, c])).toEqual([a, b, c])
})

test('my order holds where I changed it, theirs where I did not', () => {
  expect(merge([a, b], [a, b, c], [b, a]).map(({ id }) => id)).toEqual(['b', 'a', 'c'])
  expect(merge([a, b], [b, a], [a, { ...b, days: 1 }]).map(({ id }) => id)).toEqual(['b', 'a'])
})
