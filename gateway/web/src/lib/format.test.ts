import { ago, count, day, inDays, initials, money, moneyShort, percent } from './format'
import { loadLanguage } from './i18n'

afterEach(() => loadLanguage(['en-US']))

test('money is full in rows and short in tiles', () => {
  expect(money(150000, 'USD')).toBe('$150,000')
  expect(money(1234.5, 'USD')).toBe('$1,234.50')
  expect(moneyShort(280000, 'USD')).toBe('$280K')
  expect(moneyShort(1_240_000, 'USD')).toBe('$1.24M')
})

test('numbers', () => {
  expect(count(10412)).toBe('10,412')
  expect(percent(0.464)).toBe('46%')
})

test('a date does not move with the time zone', () => {
  expect(day('2027-01-31')).toBe('Jan 31, 2027')
  expect(day('2027-01-31T00:00:00')).toBe('Jan 31, 2027')
})

test('distance in time', () => {
  expect(inDays(40)).toBe('in 40 days')
  expect(inDays(1)).toBe('tomorrow')
  expect(inDays(-3)).toBe('3 days ago')
  expect(ago(12)).toBe('12s ago')
  expect(ago(130)).toBe('2m ago')
})

test('initials are those of the first and last name', () => {
  expect(initials('Alice Administrator')).toBe('AA')
  expect(initials('Anna Maria de la Cruz')).toBe('AC')
  expect(initials('cher')).toBe('C')
  expect(initials('  ')).toBe('')
})

test('the language of the browser decides the form', async () => {
  await loadLanguage(['de-DE', 'en'])
  expect(money(150000, 'EUR')).toBe('150.000\u00a0€')
  expect(inDays(40)).toBe('in 40 Tagen')
})
