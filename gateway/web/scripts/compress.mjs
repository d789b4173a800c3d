// Writes .br and .gz next to every text file of dist/, so that the gateway never compresses while it serves.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const sum = { raw: 0, gz: 0, br: 0 }
for (const entry of readdirSync('dist/assets')) {
  if (!/\.(js|css|svg)$/.test(entry)) continue
  const file = `dist/assets/${entry}`
  const raw = readFileSync(file)
  const gz = gzipSync(raw, { level: 9 })
  const br = brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  writeFileSync(`${file}.gz`, gz)
  writeFileSync(`${file}.br`, br)
  sum.raw += raw.length
  sum.gz += gz.length
  sum.br += br.length
}
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`
console.log(`assets: ${kb(sum.raw)} raw, ${kb(sum.gz)} gz, ${kb(sum.br)} br`)
