import { isUsable, strength } from './strength'

test.each([
  ['', 'short'], ['1234567', 'short'], ['aaaaaaaaaaaaaaaa', 'weak'], ['12345678', 'fair'], ['correct horse battery', 'strong'], ['ü'.repeat(36), 'long'], ['ü'.repeat(35), 'weak'],
])('%s is %s', (password, expected) => {
  expect(strength(password)).toBe(expected)
})

test('too short and too long cannot be used; weak can', () => {
  expect(['1234567', 'x'.repeat(72), 'aaaaaaaa'].map(isUsable)).toEqual([false, false, true])
})
