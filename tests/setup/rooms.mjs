// Holds every folder of the sources to one rule: what lies side by side in it, files and folders alike, never uses each
// other, directly or in a circle. Reads `use` and `import` lines and `crate::` paths; tests are left aside.
// Usage: node rooms.mjs [folder …]; prints each circle with the files that close it, and fails if there is one.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const folders = process.argv.length > 2 ? process.argv.slice(2) : ['extension/src', 'text/src', 'gateway/src', 'gateway/web/src']

const isTest = (path) => /(^|\/)(pg_tests|plain_tests|tests)(\/|\.rs$)|\.test\.tsx?$|(^|\/)properties\.rs$/.test(path)

function sources(folder) {
  const entries = readdirSync(folder).map((name) => join(folder, name))
  return entries.flatMap((path) => (statSync(path).isDirectory() ? sources(path) : /\.(rs|tsx?)$/.test(path) ? [path] : []))
}

/** Where a file belongs: `score/mod.rs` and `score.rs` are both the room `score`; `lib.rs` and `main.rs` are the house. */
function placeOf(path) {
  const parts = path.replace(/\.(rs|tsx?)$/, '').split('/')
  const last = parts.at(-1)
  return last === 'mod' || (parts.length === 1 && ['lib', 'main'].includes(last)) ? parts.slice(0, -1) : parts
}

const withoutTests = (text) => text.replace(/\/\/.*/g, '').replace(/#\[cfg\((?:test|any\(test[^\n]*)\)\]\s*(?:pub )?(?:mod \w+ \{[\s\S]*|[^\n]*\n)/g, '')

/** The paths a Rust file names, `{…}` taken apart: each a list of segments. */
function rustPaths(text) {
  const found = []
  const take = (prefix, rest) => {
    const tree = rest.match(/^((?:\w+::)*)\{/)
    if (!tree) return void found.push([...prefix, ...(rest.match(/^\w+(?:::\w+)*/)?.[0].split('::') ?? [])])
    const inner = [...prefix, ...tree[1].split('::').filter(Boolean)]
    let depth = 0
    let item = ''
    for (const it of rest.slice(tree[0].length)) {
      if (it === '}' && depth === 0) break
      depth += it === '{' ? 1 : it === '}' ? -1 : 0
      if (it === ',' && depth === 0) {
        take(inner, item.trim())
        item = ''
      } else item += it
    }
    if (item.trim()) take(inner, item.trim())
  }
  for (const it of text.matchAll(/\b(crate|super)::/g)) {
    if (!/[\w:]$/.test(text.slice(0, it.index))) take([it[1]], text.slice(it.index + it[0].length))
  }
  return found
}

/** The place that a path of a Rust file leads to, as deep as there are modules. */
function rustTarget(place, path, places) {
  let at = place
  let rest = path
  if (rest[0] === 'crate') [at, rest] = [[], rest.slice(1)]
  while (rest[0] === 'super') [at, rest] = [at.slice(0, -1), rest.slice(1)]
  while (rest.length > 0 && places.has([...at, rest[0]].join('/'))) [at, rest] = [[...at, rest[0]], rest.slice(1)]
  return at
}

function webTargets(path, text) {
  const names = [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([@./][^'"]*)['"]/g)].map((it) => it[1])
  return names.map((name) => (name.startsWith('@/') ? name.slice(2) : relative('.', join(dirname(path), name))).replace(/\.(tsx?|css)$/, '').split('/'))
}

/** For each folder: who uses whom among those side by side in it, with the file that does. */
function usesBeside(folder) {
  const paths = sources(join(root, folder)).map((path) => relative(join(root, folder), path)).filter((path) => !isTest(path))
  const places = new Set(paths.flatMap((path) => placeOf(path).map((_, end, all) => all.slice(0, end + 1).join('/'))))
  const beside = new Map()
  for (const path of paths) {
    const place = placeOf(path)
    const text = withoutTests(readFileSync(join(root, folder, path), 'utf8'))
    const targets = path.endsWith('.rs') ? rustPaths(text).map((it) => rustTarget(place, it, places)) : webTargets(path, text)
    for (const target of targets) {
      const depth = place.findIndex((part, i) => part !== target[i])
      if (depth < 0 || depth >= target.length) continue
      const room = place.slice(0, depth).join('/')
      const graph = beside.get(room) ?? beside.set(room, new Map()).get(room)
      const uses = graph.get(place[depth]) ?? graph.set(place[depth], new Map()).get(place[depth])
      if (!uses.has(target[depth])) uses.set(target[depth], path)
    }
  }
  return beside
}

/** Groups that use each other in a circle: each can be reached from every other. */
function circles(graph) {
  const reached = (from) => {
    const seen = new Set()
    const walk = (it) => {
      for (const next of graph.get(it)?.keys() ?? []) if (!seen.has(next)) walk((seen.add(next), next))
    }
    walk(from)
    return seen
  }
  const all = new Map([...graph.keys()].map((it) => [it, reached(it)]))
  const groups = [...all].filter(([it, seen]) => seen.has(it)).map(([it, seen]) => [...seen].filter((other) => all.get(other)?.has(it)).sort().join(' '))
  return [...new Set(groups)].map((group) => group.split(' '))
}

let found = 0
for (const folder of folders) {
  for (const [room, graph] of usesBeside(folder)) {
    for (const circle of circles(graph)) {
      found += 1
      console.log(`${join(folder, room)}: ${circle.join(', ')} use each other`)
      for (const one of circle) {
        for (const [other, path] of graph.get(one)) if (circle.includes(other)) console.log(`    ${one} uses ${other}: ${join(folder, path)}`)
      }
    }
  }
}
process.exit(found === 0 ? 0 : 1)
