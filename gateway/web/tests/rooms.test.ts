// Holds the direction of imports: app, layout, features, components, lib; never upwards, across features or in a circle.
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

const folders = [...new Set(files.flatMap((f) => f.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))))]

test.each(folders)('in src/%s no two neighbours use each other, not even in a circle', (folder) => {
  const prefix = folder ? `${folder}/` : ''
  const neighbour = (file: string) => file.slice(prefix.length).split('/')[0]!
  const edges = new Map<string, Set<string>>()
  for (const { from, to } of uses.filter((use) => use.from.startsWith(prefix) && use.to.startsWith(prefix))) {
    const [one, other] = [neighbour(from), neighbour(to)]
    if (one !== other) edges.set(one, (edges.get(one) ?? new Set()).add(other))
  }
  const reaches = (from: string, goal: string, seen = new Set<string>()): boolean =>
    [...(edges.get(from) ?? [])].some((next) => next === goal || (!seen.has(next) && reaches(next, goal, seen.add(next))))
  expect([...edges.keys()].filter((name) => reaches(name, name))).toEqual([])
})
