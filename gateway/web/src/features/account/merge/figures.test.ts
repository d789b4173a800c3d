import { figuresOf } from './figures'
import type { Merged } from './merge-api'

const nothing: Merged = { usage: 0, health_scores: 0, health_overrides: 0, journey: 0, contacts: { moved: 0, joined: 0 }, activities: 0, tasks: 0, members: 0, milestones: 0, arr_history: 0, runs: 0, deliveries: 0, saved_views: 0, children: 0, attributes: [], parent: null, named_by: [] }

test('only what there is something of is told, contacts first', () => {
  expect(figuresOf(nothing)).toEqual([])
  expect(figuresOf({ ...nothing, usage: 12, tasks: 1, contacts: { moved: 2, joined: 1 } }).map(({ key, n }) => [key, n])).toEqual([['moved', 2], ['joined', 1], ['usage', 12], ['tasks', 1]])
})
