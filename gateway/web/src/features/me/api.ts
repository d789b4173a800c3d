// What belongs to the person who is signed in: how they like the pages.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { post } from '@/lib/api'
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
