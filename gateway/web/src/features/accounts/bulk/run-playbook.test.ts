import { ApiError } from '@/lib/api'
import { runForAll } from './run-playbook'

const accounts = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: id.toUpperCase() }))
const fired = { result: 'fired', dry_run: true }

test('who it runs for is counted, who it does not run for is kept with the reason', async () => {
  const run = vi.fn()
    .mockResolvedValueOnce(fired)
    .mockResolvedValueOnce({ result: 'cooldown', dry_run: true, reason: 'It ran an hour ago.' })
    .mockRejectedValueOnce(new ApiError('Not yours.', { status: 403, code: '42501' }))
    .mockResolvedValueOnce({ result: null, dry_run: true })
  const done: number[] = []
  const outcome = await runForAll(accounts, 'p', true, (n) => done.push(n), undefined, run)
  expect(outcome).toMatchObject({ matched: 4, changed: 1 })
  expect(outcome.refused.map(({ name, reason }) => `${name} ${reason}`)).toEqual(['B It ran an hour ago.', 'C Not yours.', 'D Its conditions do not hold.'])
  expect(run).toHaveBeenLastCalledWith('p', 'd', true)
  expect(done).toEqual([1, 2, 3, 4])
})

test('it stops between two accounts, and a failure of the whole ends it', async () => {
  const control = new AbortController()
  const outcome = await runForAll(accounts, 'p', false, () => control.abort(), control.signal, async () => fired)
  expect(outcome.matched).toBe(1)
  await expect(runForAll(accounts, 'p', false, undefined, undefined, () => Promise.reject(new ApiError('Gone.', { status: 502, code: '' })))).rejects.toThrow('Gone.')
})
