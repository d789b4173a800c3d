// The tokens of programs: made, listed, ended.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'

const token = z.object({
  id: z.string(),
  user_id: z.string(),
  name: z.string(),
  created_at: z.string(),
  expires_at: z.nullable(z.string()),
  revoked_at: z.nullable(z.string()),
})
export type Token = z.infer<typeof token>

export const TOKENS = ['tokens'] as const
/** Those of one person, or of all. */
export const tokensQuery = (user?: string) =>
  queryOptions({
    queryKey: [...TOKENS, user],
    queryFn: ({ signal }) => get(`/rest/v1/api_tokens?select=id,user_id,name,created_at,expires_at,revoked_at${user ? `&user_id=eq.${user}` : ''}&order=created_at.desc&limit=200`, z.array(token), signal),
  })

const fresh = z.looseObject({ token: z.string() })
export const createToken = (name: string, expires_at: string | null) => post('/rest/v1/rpc/create_api_token', { name, expires_at }, fresh)
export const revokeToken = (token_id: string) => post('/rest/v1/rpc/revoke_api_token', { token_id }, z.unknown())
