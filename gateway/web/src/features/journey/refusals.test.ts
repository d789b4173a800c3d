import { ApiError } from '@/lib/api'
import { addWords } from '@/lib/i18n'
import { conflictWords, heldMilestones } from './refusals'

beforeAll(() => addWords('journey'))
const refusal = (status: number, details: unknown) => new ApiError('No.', { status, code: '', details })

test('who was faster, where to and when', () => {
  const at = new Date(Date.now() - 5_400).toISOString()
  const current = { stage: 'Renewal', moved_by: 'Bob', moved_at: at }
  expect(conflictWords('Halden', refusal(409, { current }))).toBe('Halden is in Renewal: Bob moved it there 5s ago')
  expect(conflictWords('Halden', refusal(409, { current: { ...current, moved_by: null, moved_at: null } }))).toBe('Halden is in Renewal: Someone moved it there just now')
  expect(conflictWords('Halden', refusal(409, null))).toBeUndefined()
  expect(conflictWords('Halden', refusal(500, { current }))).toBeUndefined()
})

test('the milestones that hold are those of the refusal', () => {
  const open = [{ id: '1', title: 'Trained' }]
  expect(heldMilestones(refusal(422, { open_milestones: open }))).toEqual(open)
  expect(heldMilestones(refusal(422, { field: 'note' }))).toBeUndefined()
  expect(heldMilestones(new Error('No.'))).toBeUndefined()
})
