// Holds the dictionaries: no key missing, no slot lost, none unused, and no text on screen that bypasses t().
import { readdirSync, readFileSync } from 'node:fs'
import { loadLanguage, t } from '@/lib/i18n'
import type { Key } from '@/lib/i18n'
import { de as firstGerman } from '@/lib/i18n/de'
import { late as lateGerman } from '@/lib/i18n/de/late'
import { en as firstEnglish } from '@/lib/i18n/en'
import { late as lateEnglish } from '@/lib/i18n/en/late'

const text = (entry: unknown) => (typeof entry === 'string' ? entry : Object.values(entry as object).join(' '))
const slots = (entry: unknown) => [...new Set([...text(entry).matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].toSorted()
type Words = Record<Key, string | object>
const whole = async (first: object, late: Record<string, () => Promise<object>>) =>
  Object.assign({}, first, ...(await Promise.all(Object.values(late).map((words) => words())))) as Words
const en = await whole(firstEnglish, lateEnglish)
const de = await whole(firstGerman, lateGerman)
const keys = Object.keys(en) as Key[]
const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((f) => /\.tsx?$/.test(f) && !/\.test\.|i18n/.test(f))
  .map((f) => `src/${f}`)
const sources = files.map((f) => readFileSync(f, 'utf8')).join('\n')

test('German has exactly the keys of English', () => {
  expect(Object.keys(de).toSorted()).toEqual(keys.toSorted())
})

test.each(keys)('%s has the same slots in both', (key) => {
  expect(slots(de[key])).toEqual(slots(en[key]))
})

test.each(keys)('%s is used', (key) => {
  const [group] = key.split('.')
  const built = sources.includes(`\`${group}.\${`)
  expect(built || sources.includes(`'${key}'`)).toBe(true)
})

test('no text on screen bypasses the dictionary', () => {
  const literal = />\s*[A-Za-z][A-Za-z ,.']+\s*<\/|\b(?:aria-label|title|placeholder|alt)="[^"]+"/g
  const found = files.filter((f) => f.endsWith('x')).flatMap((f) => readFileSync(f, 'utf8').match(literal) ?? [])
  expect(found).toEqual([])
})

test('plural and slots follow the language', async () => {
  expect(t('accounts.count', { n: 1 })).toBe('1 account')
  expect(t('accounts.count', { n: 1200 })).toBe('1,200 accounts')
  await loadLanguage(['fr-FR', 'de-CH', 'en'])
  expect(t('accounts.count', { n: 3 })).toBe('3 Kunden')
  expect(document.documentElement.lang).toBe('de-CH')
  await loadLanguage(['fr-FR'])
  expect(t('login.submit')).toBe('Sign in')
})
