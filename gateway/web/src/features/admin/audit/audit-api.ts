// The record of changes, newest first, page by page; and the names of what was changed.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get } from '@/lib/api'
import type { AdminSearch } from '../search'
import { ADMIN } from '../api'
import { boundsOf } from './bounds'

const fields = z.nullable(z.record(z.string(), z.unknown()))
const entry = z.object({
  id: z.string(),
  at: z.string(),
  actor_id: z.nullable(z.string()),
  database_role: z.string(),
  action: z.enum(['insert', 'update', 'delete']),
  table_name: z.string(),
  row_key: z.record(z.string(), z.unknown()),
  before: fields,
  after: fields,
  /** why, where it was asked for */
  reason: z.nullable(z.string()),
})
export type AuditEntry = z.infer<typeof entry>

export type AuditFilter = Pick<AdminSearch, 'who' | 'object' | 'action' | 'from' | 'to'>
export const PAGE = 50
const CSV_PAGE = 1_000
export const MOST_CSV = 20_000

/** The days of the filter are days of the tenant's time zone. */
function conditions(filter: AuditFilter, timeZone: string) {
  const { since, before } = boundsOf(filter.from, filter.to, timeZone)
  const all = {
    actor_id: filter.who && `eq.${filter.who}`,
    table_name: filter.object && `eq.${filter.object}`,
    action: filter.action && `eq.${filter.action}`,
  }
  const parts = Object.entries(all).flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : []))
  if (since) parts.push(`at=${encodeURIComponent(`gte.${since}`)}`)
  if (before) parts.push(`at=${encodeURIComponent(`lt.${before}`)}`)
  return parts.map((part) => `&${part}`).join('')
}

// ids are in order of time
const read = (where: string, size: number, after: string | undefined, signal?: AbortSignal) =>
  get(`/rest/v1/audit_log?select=id,at,actor_id,database_role,action,table_name,row_key,before,after,reason&order=id.desc&limit=${size}${after ? `&id=lt.${after}` : ''}${where}`, z.array(entry), signal)

export const auditQuery = (filter: AuditFilter, timeZone: string) =>
  infiniteQueryOptions({
    queryKey: [...ADMIN, 'audit', filter, timeZone],
    queryFn: ({ signal, pageParam }) => read(conditions(filter, timeZone), PAGE, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => (last.length === PAGE ? last.at(-1)!.id : undefined),
  })

/** All that the filter finds, for a file. */
export async function readAll(filter: AuditFilter, timeZone: string) {
  const where = conditions(filter, timeZone)
  const all: AuditEntry[] = []
  for (let after: string | undefined; all.length < MOST_CSV; after = all.at(-1)!.id) {
    // each page begins where the one before it ended
    const page = await read(where, CSV_PAGE, after)
    all.push(...page)
    if (page.length < CSV_PAGE) break
  }
  return all
}

const named = z.array(z.record(z.string(), z.unknown()))
const NAMED: Record<string, string> = { accounts: 'name', journey_stages: 'name', custom_fields: 'label', stage_milestones: 'title', playbooks: 'name', contacts: 'full_name', profiles: 'full_name', invitations: 'email', api_tokens: 'name' }
const idIn = (one: AuditEntry) => (typeof one.row_key.id === 'string' ? one.row_key.id : undefined)

/** The names, as of now, of the rows that these entries are about. */
export const rowNamesQuery = (entries: AuditEntry[]) => {
  const wanted = Object.entries(NAMED).flatMap(([table, name]) => {
    const ids = [...new Set(entries.filter((one) => one.table_name === table).flatMap((one) => idIn(one) ?? []))].toSorted()
    return ids.length > 0 ? [{ table, name, ids }] : []
  })
  return queryOptions({
    queryKey: [...ADMIN, 'audit', 'names', wanted],
    queryFn: async ({ signal }) => {
      const lists = await Promise.all(wanted.map(({ table, name, ids }) => get(`/rest/v1/${table}?select=id,${name}&id=in.(${ids.join(',')})`, named, signal).then((rows) => rows.map((row) => [String(row.id), String(row[name])] as const))))
      return new Map(lists.flat())
    },
    staleTime: 60_000,
  })
}
