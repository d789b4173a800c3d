import { csv } from './csv'

test('values are quoted where needed, and nothing starts a formula', () => {
  expect(csv(['Name', 'ARR'], [['A, "B"', 1200.5], ['=HYPERLINK("x")', null], ['-1', -1], ['-1+2', 1], ['two\nlines', 0]])).toBe(
    'Name,ARR\r\n"A, ""B""",1200.5\r\n"\'=HYPERLINK(""x"")",\r\n-1,-1\r\n\'-1+2,1\r\n"two\nlines",0\r\n',
  )
})
