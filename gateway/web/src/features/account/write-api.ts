// What people change on the page of an account: its contacts, what is logged, its score.
import * as z from 'zod/mini'
import { post } from '@/lib/api'


export type NewActivity = { kind: string; body: string; at?: string; assigned_to?: string }
const activity = z.object({ id: z.string() })
export const logActivity = (id: string, given: NewActivity) => post('/rest/v1/rpc/log_activity', { account_id: id, ...given }, activity)
export const editActivity = (activity_id: string, body: string) => post('/rest/v1/rpc/update_activity', { activity_id, patch: { body } }, activity)
export const completeTask = (activity_id: string) => post('/rest/v1/rpc/complete_task', { activity_id }, z.unknown())

export type NewContact = { id?: string; full_name: string; email: string | null; phone: string | null; title: string | null; is_primary: boolean }
export const saveContact = (id: string, contact: NewContact) => post('/rest/v1/rpc/save_contact', { account_id: id, contact }, z.unknown())
export const deleteContact = (contact_id: string) => post('/rest/v1/rpc/delete_contact', { contact_id }, z.unknown())

/** `score` null ends it. */
export const overrideScore = (id: string, score: number | null, reason?: string, until?: string) =>
  post('/rest/v1/rpc/set_health_override', { account_id: id, score, reason: reason ?? null, until: until ?? null }, z.unknown())
