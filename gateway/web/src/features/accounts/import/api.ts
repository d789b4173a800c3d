// Brings accounts in, some hundred at a time, and knows who people are by their addresses.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import type { ImportRow } from './convert'

const outcome = z.object({
  inserted: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  rejected: z.array(z.object({ index: z.number(), field: z.nullable(z.string()), reason: z.string() })),
  /** rows that tell of a moment before what is known */
  stale: z.optional(z.number()),
  /** new accounts whose id or name looks like another's; a trial says it */
  look_alikes: z.optional(z.array(z.object({ index: z.number(), field: z.enum(['external_id', 'name']), like: z.string() }))),
})
export type Outcome = z.infer<typeof outcome>

export const importAccounts = (rows: ImportRow[], dry_run: boolean, new_fields: boolean) => post('/rest/v1/rpc/import_accounts', { rows, dry_run, new_fields, keep_good: true }, outcome)

export const membersQuery = queryOptions({
  queryKey: ['accounts', 'members'],
  queryFn: ({ signal }) => get('/rest/v1/members?select=full_name,email&is_active=is.true', z.array(z.object({ full_name: z.string(), email: z.string() })), signal),
  staleTime: 300_000,
})
