import { spread } from './spread'

test.each([
  [[50], [50]],
  [[0, 2, 100], [10, 30, 90]],
  [[10, 50, 90], [10, 50, 90]],
  [[95, 96, 97], [50, 70, 90]],
])('%j to %j', (places, expected) => {
  expect(spread(places, 20, 100)).toEqual(expected)
})
