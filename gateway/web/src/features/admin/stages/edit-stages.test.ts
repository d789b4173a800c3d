import { changed, changesOf, faultsOf, newStage, placed } from './edit-stages'
import type { StageRow } from './stages-api'

const row = (id: string, part: Partial<StageRow> = {}): StageRow => ({ id, name: id, target_duration_days: 30, wip_limit: null, color_hex: '#6366f1', is_side: false, is_end: false, is_active: true, ...part })
const rows = [row('a'), row('b'), row('c'), row('old', { is_active: false })]

test('a stage goes to a place, and no further than the ends', () => {
  const order = (to: number) => placed(rows, 'b', to).map(({ id }) => id)
  expect(order(0)).toEqual(['b', 'a', 'c', 'old'])
  expect(order(9)).toEqual(['a', 'c', 'b', 'old'])
  expect(order(-1)).toEqual(['b', 'a', 'c', 'old'])
})

test('only what differs is sent; the order of all where it changed', () => {
  expect(changesOf(rows, changed(rows, 'b', { target_duration_days: 45 }))).toEqual([{ id: 'b', target_duration_days: 45 }])
  expect(changesOf(rows, placed(rows, 'c', 0))).toEqual([{ id: 'c', display_order: 1 }, { id: 'a', display_order: 2 }, { id: 'b', display_order: 3 }, { id: 'old', display_order: 4 }])
  const added = newStage(rows, ' Pilot ', '#16a34a')
  expect(changesOf(rows, [...rows, added]).at(-1)).toEqual({ name: 'Pilot', target_duration_days: null, wip_limit: null, color_hex: '#16a34a', is_side: false, is_end: false, is_active: true, display_order: 5 })
})

test('what is wrong is named', () => {
  const faults = (part: Partial<StageRow>) => faultsOf({ ...rows[0]!, ...part }, changed(rows, 'a', part))
  expect(faults({})).toEqual([])
  expect(faults({ name: ' ' })).toEqual(['name'])
  expect(faults({ name: ' B' })).toEqual(['twice'])
  expect(faults({ target_duration_days: 3_651 })).toEqual(['days'])
  expect(faults({ target_duration_days: 1.5, wip_limit: 0 })).toEqual(['days', 'limit'])
  expect(faults({ color_hex: 'blue' })).toEqual(['color'])
  expect(faultsOf(row('a', { is_end: true }), [row('a', { is_end: true }), row('b', { is_end: true })])).toEqual(['ends'])
})
