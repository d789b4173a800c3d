// Holds that each page has its words: of what its code can say, and the code that it fetches later, all is in the first dictionary
// or in a part that its route names.
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { en } from '@/lib/i18n/en'
import { late } from '@/lib/i18n/en/late'
import type { Part } from '@/lib/i18n'

const files = new Set(readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f) && !/\.test\.|i18n/.test(f)))
const read = (file: string) => readFileSync(`src/${file}`, 'utf8')

function resolve(from: string, target: string) {
  const base = target.startsWith('@/') ? target.slice(2) : path.join(path.dirname(from), target)
  return [`${base}.ts`, `${base}.tsx`, `${base}/index.ts`].find((f) => files.has(f))
}

/** A file and all it imports, at once or later. */
function reach(file: string, seen = new Set<string>()) {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, target] of read(file).matchAll(/(?:from|import)\s*\(?\s*'((?:@\/|\.)[^']+)'/g)) {
    const next = resolve(file, target!)
    if (next) reach(next, seen)
  }
  return seen
}

const router = read('router.tsx')
const wrapped = [...router.matchAll(/withWords\(\(\) => import\('(@\/[^']+)'\)((?:, '\w+')+)\)/g)].map((m) => ({ page: m[1]!, parts: [...m[2]!.matchAll(/\w+/g)].map((p) => p[0] as Part) }))
const plain = [...router.matchAll(/\(\) => import\('(@\/[^']+)'\)/g)].map((m) => m[1]!).filter((page) => !wrapped.some((one) => one.page === page))
const pages = [...wrapped, ...plain.map((page) => ({ page, parts: [] as Part[] }))]

const words = Object.fromEntries(await Promise.all(Object.entries(late).map(async ([part, load]) => [part, Object.keys(await load())] as const)))
const partOf = new Map(Object.entries(words).flatMap(([part, keys]) => keys.map((key) => [key, part] as const)))

/** The late words that this text can say: written whole, or by the group it puts them together from. */
function said(text: string) {
  const whole = [...text.matchAll(/'(\w+\.[\w. ]+)'/g)].map((m) => m[1]!).filter((key) => partOf.has(key))
  const groups = [...text.matchAll(/`(\w+\.)\$\{/g)].map((m) => m[1]!)
  return [...whole, ...[...partOf.keys()].filter((key) => groups.some((group) => key.startsWith(group)))]
}

test('each route is read', () => expect(pages.length).toBeGreaterThan(10))

test.each(pages)('$page has its words', ({ page, parts }) => {
  const start = resolve('router.tsx', page)!
  const missing = [...reach(start)].flatMap((file) => said(read(file)).flatMap((key) => (parts.includes(partOf.get(key) as Part) || key in en ? [] : [`${file}: ${key} (${partOf.get(key)})`])))
  expect(missing).toEqual([])
})

test('no key stands twice', () => {
  const all = [...Object.keys(en), ...Object.values(words).flat()]
  expect(all.filter((key, at) => all.indexOf(key) !== at)).toEqual([])
})
