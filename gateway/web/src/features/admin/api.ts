// What several sections ask for: how much each holds, who changed something last, and the people by name.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { count, get } from '@/lib/api'

export const ADMIN = ['admin'] as const
/** The topics of live events that may change what is shown. */
export const ADMIN_TOPICS = ['stages', 'models', 'fields', 'people', 'tenant', 'playbooks']

/** How many there are, for the tabs; tokens only where they may be read. */
export const countsQuery = (mayReadTokens: boolean) =>
  queryOptions({
    queryKey: [...ADMIN, 'counts', mayReadTokens],
    queryFn: async ({ signal }) => {
      const [stages, milestones, fields, people, tokens] = await Promise.all([
        count('/rest/v1/journey_stages?select=id&is_active=is.true', signal),
        count('/rest/v1/stage_milestones?select=id&is_active=is.true', signal),
        count('/rest/v1/custom_fields?select=id&is_active=is.true', signal),
        count('/rest/v1/members?select=user_id&is_active=is.true', signal),
        mayReadTokens ? count('/rest/v1/api_tokens?select=id&revoked_at=is.null', signal) : undefined,
      ])
      return { stages, milestones, fields, people, tokens }
    },
  })

export const peopleNamesQuery = queryOptions({
  queryKey: [...ADMIN, 'names'],
  queryFn: async ({ signal }) => {
    const all = await get('/rest/v1/profiles?select=user_id,full_name&order=full_name', z.array(z.object({ user_id: z.string(), full_name: z.string() })), signal)
    return new Map(all.map((one) => [one.user_id, one.full_name]))
  },
  staleTime: 60_000,
})

const entry = z.object({ at: z.string(), actor_id: z.nullable(z.string()) })

/** Who changed a table last, and when. */
export async function lastChange(table: string) {
  const [last] = await get(`/rest/v1/audit_log?select=at,actor_id&table_name=eq.${table}&order=id.desc&limit=1`, z.array(entry))
  // someone who came a moment ago is in no list yet
  const [person] = last?.actor_id ? await get(`/rest/v1/profiles?select=full_name&user_id=eq.${last.actor_id}`, z.array(z.object({ full_name: z.string() }))) : []
  return { who: person?.full_name ?? null, at: last?.at ?? null }
}
