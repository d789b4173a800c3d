import type { Card, Column } from './api'
import { heldBy, placed, withMoves } from './moves'

const card = (name: string, part: Partial<Card> = {}): Card => ({
  id: name, name, parent_name: null, arr: 10, overall_score: 50, risk_level: 'At Risk', confidence: null, score_change_30d: null, days_in_stage: 40, over_by_days: 10, stage_state: 'behind',
  milestones_done: 1, milestones_total: 2, open_required: ['Trained'], days_to_renewal: null, csm_id: null, csm_name: null, since: '2026-01-01T00:00:00Z', history_id: name, ...part,
})
const column = (stage: string, cards: Card[], part: Partial<Column> = {}): Column => ({
  stage_id: stage, stage, color_hex: null, is_side: false, is_end: false, wip_limit: null, target_duration_days: 30, count: cards.length, arr: 10 * cards.length, median_days: null, overdue: cards.length,
  cards, next: null, ...part,
})
const one = card('One')
const columns = [column('A', [one, card('Two')]), column('B', [card('Three')]), column('Side', [], { is_side: true })]
const names = (of: Column[], at: number) => of[at]!.cards.map(({ name }) => name)

test('a move on its way shows the card and the figures where it goes', () => {
  const now = withMoves(columns, [{ card: one, from: 'A', to: 'B' }], 'overdue', 1)
  expect(names(now, 0)).toEqual(['Two'])
  expect(names(now, 1)).toEqual(['Three', 'One'])
  expect(now.map(({ count, arr, overdue }) => [count, arr, overdue])).toEqual([[1, 10, 1], [2, 20, 1], [0, 0, 0]])
  expect(now[1]!.cards[1]).toMatchObject({ days_in_stage: 0, stage_state: 'on_track', open_required: [] })
})

test('once the server shows it, the server is right', () => {
  const after = [column('A', []), column('B', []), column('Side', [one], { is_side: true })]
  expect(withMoves(after, [{ card: one, from: 'A', to: 'B', doneAt: 1 }], 'overdue', 2)).toEqual(after)
  expect(names(withMoves(columns, [{ card: one, from: 'A', to: 'B', doneAt: 2 }], 'overdue', 1), 1)).toContain('One')
})

test('a card that the server counts but does not send yet stays in sight, counted once', () => {
  const after = [column('A', []), column('B', [card('Three')], { count: 400, arr: 4_000, next: 'x' })]
  const now = withMoves(after, [{ card: one, from: 'A', to: 'B', doneAt: 1 }], 'overdue', 2)
  expect(names(now, 1)).toEqual(['Three', 'One'])
  expect(now[1]).toMatchObject({ count: 400, arr: 4_000 })
})

test.each([
  ['arr', ['Rich', 'New', 'Poor', 'None']],
  ['score', ['Poor', 'New', 'Rich', 'None']],
  ['name', ['New', 'None', 'Poor', 'Rich']],
] as const)('a card finds its place by %s', (sort, expected) => {
  const some = { Rich: card('Rich', { arr: 90, overall_score: 90 }), Poor: card('Poor', { arr: 1, overall_score: 1 }), None: card('None', { arr: null, overall_score: null }) }
  const order = expected.filter((name) => name !== 'New').map((name) => some[name as keyof typeof some])
  expect(placed(order, card('New'), sort).map(({ name }) => name)).toEqual(expected)
})

test('milestones hold only what goes on along the main line', () => {
  const [a, b, side] = columns as [Column, Column, Column]
  expect(heldBy(one, a, b, columns)).toEqual(['Trained'])
  expect(heldBy(one, b, a, columns)).toEqual([])
  expect(heldBy(one, a, side, columns)).toEqual([])
  expect(heldBy(one, side, b, columns)).toEqual([])
})
