// What an entry of the record says: of what it is, field by field, and as a line of a file. Pure.
import type { Cell } from '@/lib/csv'
import type { AuditEntry } from './audit-api'

export type FieldChange = { field: string; before: unknown; after: unknown }

/** Of a whole row, what everybody knows without being told. */
const PLAIN = ['id', 'tenant_id', 'created_at']
const NAMES = ['name', 'label', 'title', 'full_name', 'email', 'slug']

export function changesIn({ before, after }: Pick<AuditEntry, 'before' | 'after'>): FieldChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter((field) => (before && after) || !PLAIN.includes(field))
  return fields.map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null })).filter((one) => one.before !== null || one.after !== null)
}

/** The name of the row: what it is called now, else what the entry itself says. */
export function rowName({ row_key, before, after }: AuditEntry, names: Map<string, string> | undefined) {
  const id = row_key.id
  const known = typeof id === 'string' ? names?.get(id) : undefined
  const told = NAMES.map((field) => after?.[field] ?? before?.[field]).find((value) => typeof value === 'string')
  return known ?? (told as string | undefined) ?? (typeof row_key.role_name === 'string' ? row_key.role_name : undefined)
}

export const written = (value: unknown): string => (value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value))

type Words = { who: (one: AuditEntry) => string; object: (one: AuditEntry) => string; name: (one: AuditEntry) => string; action: (one: AuditEntry) => string }

/** A line per field that changed. */
export function csvRows(entries: AuditEntry[], words: Words): Cell[][] {
  return entries.flatMap((one) => {
    const head = [one.at, words.who(one), words.action(one), words.object(one), words.name(one)]
    const changes = changesIn(one)
    const why = one.reason ?? ''
    return changes.length === 0 ? [[...head, '', '', '', why]] : changes.map(({ field, before, after }) => [...head, field, written(before), written(after), why])
  })
}
