// What a new organisation does first: its team.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { count, post } from '@/lib/api'
import { EXECUTIVE } from './api'

const invitation = z.object({ email: z.string(), role: z.string(), token: z.string(), expires_at: z.string() })
export const invite = (email: string, role: string) => post('/rest/v1/rpc/invite_member', { email, role }, invitation)

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
