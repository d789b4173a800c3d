import type { Criteria } from '@/lib/criteria'
import { DEEPEST, change, countLeaves, duplicate, fromCriteria, isBranch, isWhole, move, newLeaf, put, remove, toCriteria, type Branch, type Part } from './tree'

const is = (field: string): Criteria => ({ field, op: 'eq', value: 1 })
const tree: Criteria = { all: [is('a'), { any: [is('b'), is('c')] }, is('d')] }
const find = (part: Part, field: string): Part | undefined => (isBranch(part) ? part.parts.map((one) => find(one, field)).find(Boolean) : part.field === field ? part : undefined)
const shape = (part: Part): string => (isBranch(part) ? `${part.not ? 'not ' : ''}${part.join}(${part.parts.map(shape).join(' ')})` : part.field)
const moved = (root: Branch, field: string, step: -1 | 1) => move(root, find(root, field)!.id, step)

test.each<[Criteria, string]>([
  [is('a'), 'all(a)'],
  [tree, 'all(a any(b c) d)'],
  [{ not: { any: [is('a'), is('b')] } }, 'not any(a b)'],
  [{ not: is('a') }, 'not all(a)'],
  [{ not: { not: { all: [is('a')] } } }, 'not all(not all(a))'],
])('%j is read as %s, and comes back with the same meaning', (criteria, expected) => {
  const root = fromCriteria(criteria)
  expect(shape(root)).toBe(expected)
  expect(shape(fromCriteria(toCriteria(root)))).toBe(expected)
})

test('what is not complete asks nothing', () => {
  const root = put(fromCriteria(is('a')), fromCriteria(undefined).id, newLeaf('x', 'eq'))
  expect(toCriteria(root)).toEqual({ all: [is('a')] })
  const open = put(root, root.id, newLeaf('x', 'in', []))
  expect(isWhole(open)).toBe(false)
  expect(toCriteria(open)).toEqual({ all: [is('a')] })
  expect(toCriteria(fromCriteria({ all: [] }))).toBeUndefined()
  expect(toCriteria(put(root, root.id, newLeaf('x', 'is_set')))).toEqual({ all: [is('a'), { field: 'x', op: 'is_set' }] })
})

test('a part walks down the whole tree and up again, into groups and out of them', () => {
  let root = fromCriteria(tree)
  const seen = [shape(root)]
  for (let i = 0; i < 6; i++) seen.push(shape((root = moved(root, 'a', 1))))
  expect(seen).toEqual(['all(a any(b c) d)', 'all(any(a b c) d)', 'all(any(b a c) d)', 'all(any(b c a) d)', 'all(any(b c) a d)', 'all(any(b c) d a)', 'all(any(b c) d a)'])
  for (let i = 0; i < 6; i++) root = moved(root, 'a', -1)
  expect(shape(root)).toBe('all(a any(b c) d)')
})

test('no move makes groups deeper than they may be', () => {
  const root = fromCriteria({ all: [{ any: [{ all: [is('a')] }] }, { any: [is('b')] }] })
  const group = root.parts[1]!
  const next = move(root, group.id, -1)
  expect(shape(next)).toBe('all(any(all(a) any(b)))')
  const depth = (part: Part): number => (isBranch(part) ? 1 + Math.max(0, ...part.parts.map(depth)) : 0)
  const inner = (next.parts[0] as Branch).parts[1]!
  expect(depth(move(next, inner.id, -1))).toBeLessThanOrEqual(DEEPEST)
})

test('a copy follows its original and is a part of its own', () => {
  const root = fromCriteria(tree)
  const twice = duplicate(root, root.parts[1]!.id)
  expect(shape(twice)).toBe('all(a any(b c) any(b c) d)')
  expect(shape(remove(twice, twice.parts[2]!.id))).toBe(shape(root))
  expect(countLeaves(twice)).toBe(6)
  expect(shape(change(root, root.parts[0]!.id, () => [newLeaf('x', 'is_set')]))).toBe('all(x any(b c) d)')
})
