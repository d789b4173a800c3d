import { safeNext } from './next-path'

test.each(['/dashboard/accounts', '/dashboard/accounts?q=a&sort=-arr', '/x#y'])('follows %s', (path) => {
  expect(safeNext(path)).toBe(path)
})

test.each([
  '//evil', '///evil', '/\\evil', '\\\\evil', '/\t/evil', '/\n/evil', 'https://evil', 'javascript:alert(1)', 'dashboard',
  '', '/a\\b', '/login', '/login?next=/x', '/dashboard/..//evil', null, undefined, 7, ['/x'],
])('does not follow %s', (value) => {
  expect(safeNext(value)).toBeUndefined()
})
