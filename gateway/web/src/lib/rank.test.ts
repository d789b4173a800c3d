import { rank } from './rank'

test.each([
  ['', 'Accounts', 1], ['accounts', 'Accounts', 5], ['acc', 'Accounts', 4], ['view', 'Saved views', 3], ['cou', 'Accounts', 2], ['acnts', 'Accounts', 1], ['xyz', 'Accounts', 0], ['munch', 'München', 4],
])('%s in %s', (typed, text, expected) => {
  expect(rank(typed, text)).toBe(expected)
})
