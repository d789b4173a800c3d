// What a new organisation does first: its accounts, its team.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { count, post } from '@/lib/api'
import { EXECUTIVE } from './api'

const outcome = z.object({ inserted: z.number(), updated: z.number(), rejected: z.array(z.object({ index: z.number(), field: z.nullable(z.string()), reason: z.string() })) })
export type Outcome = z.infer<typeof outcome>

export const importAccounts = (rows: object[], dry_run: boolean) => post('/rest/v1/rpc/import_accounts', { rows, dry_run, new_fields: true, keep_good: true }, outcome)

/** Members, and invitations that are still open. */
export const teamSizeQuery = queryOptions({
  queryKey: [...EXECUTIVE, 'setup', 'team'],
  queryFn: async ({ signal }) => {
    const [members, invited] = await Promise.all([
      count('/rest/v1/profiles?select=user_id&is_active=is.true', signal),
      count('/rest/v1/invitations?select=id&accepted_at=is.null', signal),
    ])
    return members + invited
  },
})
