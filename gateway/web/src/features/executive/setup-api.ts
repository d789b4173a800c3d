// What a new organisation does first: its team.
import { queryOptions } from '@tanstack/react-query'
import { count } from '@/lib/api'
import { EXECUTIVE } from './api'

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
