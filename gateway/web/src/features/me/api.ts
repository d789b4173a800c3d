// What belongs to the person who is signed in: how they like the pages, their password, and how they leave.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import type { Preferences } from '@/lib/preferences'

export const preferencesQuery = queryOptions({
  queryKey: ['me', 'preferences'],
  queryFn: async ({ signal }) => {
    const all = await post('/rest/v1/rpc/my_preferences', {}, z.looseObject({ pages: z.optional(z.unknown()) }), { signal })
    return all.pages ?? null
  },
  staleTime: Infinity,
})
export const savePreferences = (change: Partial<Preferences>) => post('/rest/v1/rpc/save_preferences', { change: { pages: change } }, z.unknown())

export const changePassword = (old_password: string, new_password: string) => post('/auth/password', { old_password, new_password }, z.unknown())

const member = z.object({ user_id: z.string(), full_name: z.string(), role: z.string(), accounts: z.number() })
export type Member = z.infer<typeof member>

export const membersQuery = queryOptions({
  queryKey: ['me', 'members'],
  queryFn: ({ signal }) => get('/rest/v1/members?select=user_id,full_name,role,accounts&is_active=is.true&order=full_name', z.array(member), signal),
  staleTime: 0,
})
/** Returns how many accounts were handed over. The session is over then. */
export const leaveTenant = (hand_over_to: string | null) => post('/rest/v1/rpc/leave_tenant', { hand_over_to }, z.number())
