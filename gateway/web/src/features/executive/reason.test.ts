import { reasonOf } from './reason'

test.each([
  [{ main_reason: 'Support 25, -18', main_component: 'support', points_lost: 19 }, { component: 'support', lost: 19 }],
  [{ main_reason: 'Override: merger talks', main_component: 'usage', points_lost: 3 }, { text: 'Override: merger talks' }],
  [{ main_reason: null, main_component: null, points_lost: null }, null],
])('%j', (row, expected) => {
  expect(reasonOf(row)).toEqual(expected)
})
