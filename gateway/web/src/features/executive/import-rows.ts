// A file of accounts as the rows that the server imports. Pure.
import { parseCsv } from '@/lib/csv'

const known: Record<string, 'name' | 'external_id' | 'parent_external_id'> = {
  name: 'name', account: 'name', external_id: 'external_id', id: 'external_id', parent_external_id: 'parent_external_id', parent: 'parent_external_id',
}
const attribute: Record<string, string> = { contract_end: 'contract_end_date', renewal: 'contract_end_date', renewal_date: 'contract_end_date' }

const key = (head: string) => head.trim().toLowerCase().replace(/[\s-]+/g, '_')
const numeric = /^-?\d+(\.\d+)?$/

/** Undefined where there is no column with a name. */
export function rowsOf(text: string): object[] | undefined {
  const [head = [], ...lines] = parseCsv(text)
  const keys = head.map(key)
  if (!keys.some((one) => known[one] === 'name')) return undefined
  return lines.map((line, place) => {
    const row: Record<string, unknown> = {}
    const crm: Record<string, unknown> = {}
    line.forEach((cell, i) => {
      const name = keys[i]
      if (!name || cell === '') return
      const own = known[name]
      if (own) row[own] = cell
      else crm[attribute[name] ?? name] = numeric.test(cell) ? Number(cell) : cell
    })
    // the server finds an account again by its external id
    row.external_id ??= `csv-${place + 1}`
    return { ...row, ...(Object.keys(crm).length > 0 ? { crm_attributes: crm } : {}) }
  })
}
