import { inTurn } from './in-turn'

test('what waits leaves as one after what is under way, the last choice counting', async () => {
  const sent: object[] = []
  const ends: (() => void)[] = []
  const write = inTurn<{ a?: number; b?: number }>((change) => {
    sent.push(change)
    return new Promise<void>((end) => ends.push(end))
  })
  const all = [write({ a: 1 }), write({ a: 2, b: 1 }), write({ a: 3 })]
  expect(sent).toEqual([{ a: 1 }])
  ends[0]!()
  await vi.waitFor(() => expect(sent).toEqual([{ a: 1 }, { a: 3, b: 1 }]))
  ends[1]!()
  await Promise.all(all)
  expect(sent).toHaveLength(2)
})

test('after a failure the next one leaves as ever', async () => {
  let fails = true
  const write = inTurn<{ a: number }>(() => (fails ? Promise.reject(new Error('down')) : Promise.resolve()))
  await expect(write({ a: 1 })).rejects.toThrow('down')
  fails = false
  await expect(write({ a: 2 })).resolves.toBeUndefined()
})
