// Changes of many accounts: tried first, then made, in parts, so that a long one can be watched and stopped.
import * as z from 'zod/mini'
import { post } from '@/lib/api'
import { ACCOUNTS, readAll, type Account } from '../api'
import type { Criteria } from '@/lib/criteria'

export { ACCOUNTS, readAll, type Account }

const outcome = z.object({
  matched: z.number(),
  changed: z.number(),
  refused: z.array(z.object({ account_id: z.string(), name: z.nullable(z.string()), reason: z.string() })),
})
export type Outcome = z.infer<typeof outcome>

export const bulkUpdate = (criteria: Criteria, change: object, dry_run: boolean, signal?: AbortSignal) =>
  post('/rest/v1/rpc/bulk_update_accounts', { criteria, change, dry_run }, outcome, { signal })
