import { planParts, repeated } from './plan'

const row = (external_id: string, parent_external_id?: string) => (parent_external_id ? { external_id, parent_external_id } : { external_id })

test('each comes after its parent, wherever that is, and otherwise as in the file', () => {
  const rows = [row('c', 'b'), row('x'), row('b', 'a'), row('a'), row('y', 'known elsewhere'), row('d', 'a')]
  expect(planParts(rows).flat().map(({ row: { external_id: id } }) => id)).toEqual(['x', 'a', 'y', 'b', 'd', 'c'])
  expect(planParts(rows).flat().map(({ line }) => line)).toEqual([1, 3, 4, 2, 5, 0])
})

test('a circle does not stop the others', () => {
  const rows = [row('a', 'b'), row('b', 'a'), row('c'), row('d', 'a')]
  const order = planParts(rows).flat().map(({ row: { external_id: id } }) => id)
  expect(order[0]).toBe('c')
  expect(order).toHaveLength(4)
})

test('100,000 rows with parents at the end are planned in parts that keep them', () => {
  const rows = Array.from({ length: 100_000 }, (_, i) => row(`k${i}`, i < 99_000 ? `k${99_000 + (i % 1_000)}` : undefined))
  const parts = planParts(rows)
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(500)
  const seen = new Set<string>()
  // one check for all: a hundred thousand take seconds
  const orphans = parts.flat().filter(({ row: one }) => {
    const isOrphan = one.parent_external_id !== undefined && !seen.has(one.parent_external_id)
    seen.add(one.external_id!)
    return isOrphan
  })
  expect(orphans).toEqual([])
  expect(seen.size).toBe(100_000)
})

test('a part is no larger than a request may be', () => {
  const rows = Array.from({ length: 20 }, (_, i) => ({ external_id: String(i), crm_attributes: { notes: 'x'.repeat(50_000) } }))
  expect(planParts(rows).map((part) => part.length)).toEqual([3, 3, 3, 3, 3, 3, 2])
})

test('who is named again is known by the first time', () => {
  expect([...repeated([row('a'), row('b'), row('a'), {}, row('a')])]).toEqual([[2, 0], [4, 0]])
})
