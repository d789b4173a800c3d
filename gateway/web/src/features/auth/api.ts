// Sign-in, sign-out and "who am I": the only place that knows these routes and their answers.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'

const settings = z.catch(z.object({ currency: z.catch(z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))), undefined) }), {})
const tenant = z.object({ id: z.string(), slug: z.string(), name: z.string(), settings })

export const me = z.object({
  user_id: z.string(),
  email: z.string(),
  full_name: z.string(),
  role: z.nullable(z.string()),
  permissions: z.array(z.string()),
  tenant: z.nullable(tenant),
  tenants: z.array(z.object({ id: z.string(), slug: z.string(), name: z.string(), role: z.string() })),
})
export type Me = z.infer<typeof me>

export const meQuery = queryOptions({
  queryKey: ['auth', 'me'],
  queryFn: ({ signal }) => get('/auth/me', me, signal),
  staleTime: 60_000,
})

export const signIn = (email: string, password: string) => post('/auth/login', { email, password }, me)

export const endSession = () => post('/auth/logout', {}, z.unknown())
