import { changed, changesOf, isWrong, newMilestone, stepped } from './edit-milestones'
import type { MilestoneRow } from './milestones-api'

const row = (id: string, part: Partial<MilestoneRow> = {}): MilestoneRow => ({ id, title: id, description: null, is_required: true, due_after_days: null, criteria: null, is_active: true, ...part })
const rows = [row('a'), row('gone', { is_active: false }), row('b')]

test('one step passes by what is no longer in use', () => {
  expect(stepped(rows, 'b', -1).map(({ id }) => id)).toEqual(['b', 'gone', 'a'])
  expect(stepped(rows, 'a', -1)).toBe(rows)
})

test('only what differs is sent', () => {
  expect(changesOf(rows, changed(rows, 'a', { due_after_days: 14 }))).toEqual([{ id: 'a', due_after_days: 14 }])
  const fresh = { ...newMilestone(), title: ' Kick-off ' }
  expect(changesOf([row('a')], [row('a'), fresh])).toEqual([
    { id: 'a', display_order: 1 },
    { title: 'Kick-off', description: null, is_required: true, due_after_days: null, criteria: null, is_active: true, display_order: 2 },
  ])
})

test('a title and whole days are needed', () => {
  expect(isWrong(row('a'))).toBe(false)
  expect(isWrong(row('a', { title: ' ' }))).toBe(true)
  expect(isWrong(row('a', { due_after_days: 0.5 }))).toBe(true)
})
