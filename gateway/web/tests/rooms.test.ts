// Holds the direction of imports: app, layout, features, components, lib; never upwards or across features. Circles are found by
// tests/setup/rooms.mjs, as everywhere in the project.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f) && !/\.test\./.test(f))
const known = new Set(files)

function resolve(from: string, target: string) {
  const base = target.startsWith('@/') ? target.slice(2) : path.join(path.dirname(from), target)
  return [`${base}.ts`, `${base}.tsx`, `${base}/index.ts`].find((f) => known.has(f))
}

const uses = files.flatMap((from) =>
  [...readFileSync(`src/${from}`, 'utf8').matchAll(/(?:from|import)\s*\(?'((?:@\/|\.)[^']+)'/g)].flatMap((match) => {
    const to = resolve(from, match[1]!)
    return to ? [{ from, to }] : []
  }),
)

const floors = ['lib', 'components', 'features', 'layout']
const floor = (file: string) => (floors.indexOf(file.split('/')[0]!) + floors.length + 1) % (floors.length + 1)

test('each file uses only its own floor and those below', () => {
  expect(uses.length).toBeGreaterThan(100)
  expect(uses.filter(({ from, to }) => floor(from) < floor(to))).toEqual([])
})

test('features do not use each other', () => {
  const feature = (file: string) => /^features\/[^/]+/.exec(file)?.[0]
  expect(uses.filter(({ from, to }) => feature(from) && feature(to) && feature(from) !== feature(to))).toEqual([])
})
