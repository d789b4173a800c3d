// What belongs to the person who is signed in: how they like the pages, and the tokens of their programs.
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

const token = z.object({
  id: z.string(),
  name: z.string(),
  created_at: z.string(),
  expires_at: z.nullable(z.string()),
  revoked_at: z.nullable(z.string()),
})
export type Token = z.infer<typeof token>

export const TOKENS = ['me', 'tokens'] as const
export const tokensQuery = (user: string) =>
  queryOptions({
    queryKey: [...TOKENS, user],
    queryFn: ({ signal }) => get(`/rest/v1/api_tokens?select=id,name,created_at,expires_at,revoked_at&user_id=eq.${user}&order=created_at.desc&limit=100`, z.array(token), signal),
  })

const fresh = z.looseObject({ token: z.string() })
export const createToken = (name: string, expires_at: string | null) => post('/rest/v1/rpc/create_api_token', { name, expires_at }, fresh)
export const revokeToken = (token_id: string) => post('/rest/v1/rpc/revoke_api_token', { token_id }, z.unknown())

export const changePassword = (old_password: string, new_password: string) => post('/auth/password', { old_password, new_password }, z.unknown())
