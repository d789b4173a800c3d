// How large the built pages' downloads are, from the manifest, compressed as they are served.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

export const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))
export const kb = (files) => [...files].reduce((n, f) => n + gzipSync(readFileSync(`dist/${f}`), { level: 9 }).length, 0) / 1024

/** A chunk and everything it imports statically. */
export function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) closure(next, seen)
  return seen
}
export const scripts = (keys) => new Set([...keys].map((k) => manifest[k].file).filter((f) => f.endsWith('.js')))
export const entry = Object.entries(manifest).find(([, c]) => c.isEntry)[0]

/** The start of someone who is signed in, as a whole: frame and page; what else they need comes later. */
export const startFiles = () => new Set([entry, 'src/layout/shell.tsx', 'src/features/executive/page.tsx'].flatMap((key) => [...scripts(closure(key))]))
export const startKb = () => kb(startFiles())
