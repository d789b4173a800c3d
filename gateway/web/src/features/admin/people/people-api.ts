// The people of the tenant, the invitations that are open, and the database roles that act for someone.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { ADMIN } from '../api'

const member = z.object({ user_id: z.string(), full_name: z.string(), email: z.string(), role: z.string(), is_active: z.boolean(), accounts: z.number(), created_at: z.string() })
export type Member = z.infer<typeof member>

export const membersQuery = queryOptions({
  queryKey: [...ADMIN, 'people'],
  queryFn: ({ signal }) => get('/rest/v1/members?select=user_id,full_name,email,role,is_active,accounts,created_at&order=is_active.desc,full_name', z.array(member), signal),
})

const invitation = z.object({ id: z.string(), email: z.string(), role: z.string(), created_at: z.string(), expires_at: z.string() })
export type Invitation = z.infer<typeof invitation>

export const invitationsQuery = queryOptions({
  queryKey: [...ADMIN, 'invitations'],
  queryFn: ({ signal }) => get('/rest/v1/invitations?select=id,email,role,created_at,expires_at&accepted_at=is.null&order=created_at.desc', z.array(invitation), signal),
})

const login = z.object({ role_name: z.string(), user_id: z.string(), created_at: z.string() })
export type Login = z.infer<typeof login>

export const databaseRolesQuery = queryOptions({
  queryKey: [...ADMIN, 'database roles'],
  queryFn: ({ signal }) => get('/rest/v1/database_logins?select=role_name,user_id,created_at&order=role_name', z.array(login), signal),
})

const offer = z.object({ role_name: z.string() })
export type Offer = z.infer<typeof offer>

/** Under the key of the roles: what changes one changes the other. */
export const offersQuery = queryOptions({
  queryKey: [...databaseRolesQuery.queryKey, 'offers'],
  queryFn: ({ signal }) => get('/rest/v1/database_role_offers?select=role_name&order=role_name', z.array(offer), signal),
})
export const linkAnalyst = (user_id: string, role_name: string) => post('/rest/v1/rpc/link_analyst', { user_id, role_name }, z.unknown())
export const unlinkAnalyst = (role_name: string) => post('/rest/v1/rpc/unlink_analyst', { role_name }, z.unknown())

const reset = z.object({ token: z.string(), expires_at: z.string() })
/** The answer holds the link, this once. */
export const makeResetLink = (user_id: string) => post('/rest/v1/rpc/create_password_reset', { user_id }, reset)

/** Its token opens nothing any more. */
export const revokeInvitation = (invitation_id: string) => post('/rest/v1/rpc/revoke_invitation', { invitation_id }, z.unknown())

export const setRole = (user_id: string, role: string) => post('/rest/v1/rpc/set_member_role', { user_id, role }, z.unknown())
/** Returns how many accounts were handed over. */
export const deactivate = (user_id: string, hand_over_to: string | null) => post('/rest/v1/rpc/deactivate_member', { user_id, hand_over_to }, z.number())
