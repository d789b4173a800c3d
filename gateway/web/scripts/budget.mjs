// Fails when a download grows past its budget: what every page needs, what a page adds, and all styles.
import { closure, entry, kb, manifest, scripts, startKb } from './sizes.mjs'

const BUDGET = { first: 165, css: 14, route: 45, charts: 130 }
const chunks = Object.entries(manifest)
const first = scripts(closure(entry))
const rows = [['first load', kb(first), BUDGET.first]]

const drawn = (key) => [...closure(key)].some((k) => /CartesianChart|recharts/.test(k))
for (const [key] of chunks.filter(([, c]) => c.isDynamicEntry)) {
  const own = [...scripts(closure(key))].filter((f) => !first.has(f))
  rows.push([`+ ${key.replace(/^src\//, '')}`, kb(own), drawn(key) ? BUDGET.charts : BUDGET.route])
}
rows.push(['first load of the start page', startKb(), BUDGET.first])
rows.push(['charts in the first load', drawn(entry) || drawn('src/features/executive/page.tsx') ? 1 : 0, 0])
const styles = new Set(chunks.flatMap(([, c]) => [...(c.css ?? []), ...(c.file.endsWith('.css') ? [c.file] : [])]))
rows.push(['styles', kb(styles), BUDGET.css])

let over = false
for (const [name, size, limit] of rows) {
  over ||= size > limit
  console.log(`${size > limit ? 'OVER' : 'ok  '} ${name.padEnd(44)} ${size.toFixed(1).padStart(6)} of ${limit} KB gz`)
}
process.exit(over ? 1 : 0)
