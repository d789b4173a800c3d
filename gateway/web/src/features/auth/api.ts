// Signing up, in and out, "who am I", tenants, invitations, passwords that were forgotten: the only place that knows these routes and their answers.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'

const settings = z.catch(
  z.object({
    currency: z.catch(z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))), undefined),
    time_zone: z.catch(z.optional(z.string()), undefined),
  }),
  {},
)
const tenant = z.object({ id: z.string(), slug: z.string(), name: z.string(), settings })

export const me = z.object({
  user_id: z.string(),
  email: z.string(),
  // a name belongs to a tenant: there is none before one is chosen
  full_name: z.catch(z.string(), ''),
  role: z.nullable(z.string()),
  permissions: z.array(z.string()),
  tenant: z.nullable(tenant),
  tenants: z.array(z.object({ id: z.string(), slug: z.string(), name: z.string(), role: z.string() })),
})
export type Me = z.infer<typeof me>

/** Null where nobody is signed in, which is no error. */
export const meQuery = queryOptions({
  queryKey: ['auth', 'me'],
  queryFn: ({ signal }) => get('/auth/session', z.nullable(me), signal),
  staleTime: 60_000,
})

export const signIn = (email: string, password: string) => post('/auth/login', { email, password }, me)
export const endSession = () => post('/auth/logout', {}, z.unknown())
export const chooseTenant = (tenant_id: string) => post('/auth/tenant', { tenant_id }, me)


export type NewTenant = { slug: string; name: string; email: string; password: string; full_name: string }
export const signUp = (given: NewTenant) => post('/auth/signup', given, me)

const freedom = z.object({ slug: z.string(), free: z.boolean() })
export const readSlug = (slug: string, signal?: AbortSignal) => get(`/auth/slug/${encodeURIComponent(slug)}`, freedom, signal)

const offer = z.object({ email: z.string(), role: z.string(), tenant_name: z.string(), has_account: z.nullable(z.boolean()) })
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['auth', 'invitation', token],
    queryFn: ({ signal }) => get(`/auth/invitations/${encodeURIComponent(token)}`, offer, signal),
    retry: false,
    staleTime: Infinity,
  })
export type Acceptance = { full_name: string; password?: string }
export const acceptInvitation = (token: string, given: Acceptance) => post(`/auth/invitations/${encodeURIComponent(token)}`, given, me)

const reset = z.object({ email: z.string(), expires_at: z.string() })
export const resetQuery = (token: string) =>
  queryOptions({
    queryKey: ['auth', 'reset', token],
    queryFn: ({ signal }) => get(`/auth/reset/${encodeURIComponent(token)}`, reset, signal),
    retry: false,
    staleTime: Infinity,
  })
export const resetPassword = (token: string, password: string) => post(`/auth/reset/${encodeURIComponent(token)}`, { password }, me)
