// Fails when a download grows past its budget: what every page needs, what a page adds, and all styles.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const BUDGET = { first: 165, css: 12, route: 45, charts: 130 }
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))
const kb = (files) => [...files].reduce((n, f) => n + gzipSync(readFileSync(`dist/${f}`), { level: 9 }).length, 0) / 1024

// a chunk and everything it imports statically
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) closure(next, seen)
  return seen
}
const scripts = (keys) => new Set([...keys].map((k) => manifest[k].file).filter((f) => f.endsWith('.js')))

const chunks = Object.entries(manifest)
const entry = chunks.find(([, c]) => c.isEntry)[0]
const first = scripts(closure(entry))
const rows = [['first load', kb(first), BUDGET.first]]

// the signed-in start is counted as a whole: frame and page load together, what else they need comes later
const drawn = (key) => [...closure(key)].some((k) => /CartesianChart|recharts/.test(k))
const start = new Set(first)
for (const [key] of chunks.filter(([, c]) => c.isDynamicEntry)) {
  const own = [...scripts(closure(key))].filter((f) => !first.has(f))
  rows.push([`+ ${key.replace(/^src\//, '')}`, kb(own), drawn(key) ? BUDGET.charts : BUDGET.route])
  if (/layout\/shell|executive\/page/.test(key)) own.forEach((f) => start.add(f))
}
rows.push(['first load of the start page', kb(start), BUDGET.first])
rows.push(['charts in the first load', drawn(entry) || drawn('src/features/executive/page.tsx') ? 1 : 0, 0])
const styles = new Set(chunks.flatMap(([, c]) => [...(c.css ?? []), ...(c.file.endsWith('.css') ? [c.file] : [])]))
rows.push(['styles', kb(styles), BUDGET.css])

let over = false
for (const [name, size, limit] of rows) {
  over ||= size > limit
  console.log(`${size > limit ? 'OVER' : 'ok  '} ${name.padEnd(44)} ${size.toFixed(1).padStart(6)} of ${limit} KB gz`)
}
process.exit(over ? 1 : 0)
