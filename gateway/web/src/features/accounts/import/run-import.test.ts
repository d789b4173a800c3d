import type { ImportRow } from './convert'
import { runImport, type Send } from './run-import'

/** A server that forgets what a trial made, and knows parents only by what it has. */
function server() {
  const accounts = new Set<string>()
  const requests: { rows: ImportRow[]; dryRun: boolean }[] = []
  const send: Send = async (rows, dryRun) => {
    requests.push({ rows, dryRun })
    const here = new Set([...accounts, ...rows.map((row) => row.external_id!)])
    const rejected = rows.flatMap((row, index) =>
      row.name === 'bad' ? [{ index, field: 'name', reason: 'is bad' }] : row.parent_external_id && !here.has(row.parent_external_id) ? [{ index, field: 'parent_external_id', reason: 'is unknown' }] : [],
    )
    const good = rows.filter((_, i) => !rejected.some(({ index }) => index === i))
    const inserted = good.filter((row) => !accounts.has(row.external_id!)).length
    if (!dryRun) good.forEach((row) => accounts.add(row.external_id!))
    return { inserted, updated: good.length - inserted, unchanged: 0, rejected }
  }
  return { accounts, requests, send }
}

const many = (n: number, parent: (i: number) => string | undefined, name = (i: number) => `Name ${i}`): ImportRow[] =>
  Array.from({ length: n }, (_, i) => ({ external_id: `k${i}`, name: name(i), ...(parent(i) ? { parent_external_id: parent(i) } : {}) }))
const options = { newFields: false, lineNumber: (line: number) => line + 2 }

test('parents of other parts are found, in a trial as for good', async () => {
  const { accounts, requests, send } = server()
  const rows = many(1_200, (i) => (i < 1_100 ? `k${1_100 + (i % 100)}` : undefined))
  const tried = await runImport(rows, { ...options, dryRun: true, send })
  expect(tried).toMatchObject({ inserted: 1_200, refused: [], done: 1_200, stopped: false })
  expect(accounts.size).toBe(0)
  const done = await runImport(rows, { ...options, dryRun: false, send })
  expect(done).toMatchObject({ inserted: 1_200, refused: [] })
  expect(requests.filter((one) => !one.dryRun).flatMap((one) => one.rows).every((row) => row.parent_external_id !== undefined || Number(row.external_id!.slice(1)) >= 1_100)).toBe(true)
  expect(await runImport(rows, { ...options, dryRun: true, send })).toMatchObject({ inserted: 0, updated: 1_200 })
})

test('with a refused parent its children are refused, by their lines, and a repeated account once', async () => {
  const { send } = server()
  const rows = [...many(600, (i) => (i >= 550 ? 'k0' : undefined), (i) => (i === 0 ? 'bad' : 'good')), { external_id: 'k5', name: 'again' }]
  const { refused, inserted } = await runImport(rows, { ...options, dryRun: true, send })
  expect(refused.find(({ line }) => line === 0)).toMatchObject({ field: 'name', reason: 'is bad' })
  expect(refused.filter(({ field }) => field === 'parent_external_id').map(({ line }) => line)).toEqual(Array.from({ length: 50 }, (_, i) => 550 + i))
  expect(refused.find(({ line }) => line === 600)).toMatchObject({ field: 'external_id', reason: 'The same account is already in row 7.' })
  expect(inserted).toBe(549)
})

test('it stops between two parts and says how far it came', async () => {
  const { accounts, send } = server()
  const control = new AbortController()
  const result = await runImport(many(1_500, () => undefined), { ...options, dryRun: false, send, signal: control.signal, onProgress: ({ done }) => done >= 500 && control.abort() })
  expect(result).toMatchObject({ stopped: true, done: 500, total: 1_500, inserted: 500 })
  expect(accounts.size).toBe(500)
})
