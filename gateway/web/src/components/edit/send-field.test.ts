import { ApiError } from '@/lib/api'
import { sendField } from './send-field'

const refusal = (current: object) => new ApiError('Changed meanwhile.', { status: 409, code: '27000', details: { current, changed_by: 'Bob', changed_at: new Date().toISOString() } })
const read = (current: Record<string, unknown>) => ('status' in current ? { value: current.status } : undefined)
const attempt = { value: 'Paused', base: 'Active', version: 3 }

test('something else was changed: it is saved with the version of now', async () => {
  const write = vi.fn().mockRejectedValueOnce(refusal({ version: 4, name: 'New' })).mockResolvedValue({})
  expect(await sendField(attempt, { write, read })).toBeUndefined()
  expect(write.mock.calls).toEqual([['Paused', 3], ['Paused', 4]])
})

test('the same value was changed: who set what, and nothing is written', async () => {
  const write = vi.fn().mockRejectedValue(refusal({ version: 4, status: 'Churned' }))
  expect(await sendField(attempt, { write, read })).toMatchObject({ theirs: 'Churned', version: 4, who: 'Bob' })
  expect(write).toHaveBeenCalledOnce()
})

test('any other refusal is passed on', async () => {
  await expect(sendField(attempt, { write: () => Promise.reject(new Error('no')), read })).rejects.toThrow('no')
})
