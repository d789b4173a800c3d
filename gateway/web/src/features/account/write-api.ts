// What people change on the page of an account: its stage, milestones, contacts, what is logged, playbooks.
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'

type Move = { id: string; to: string; from: string; note?: string }
const moved = z.object({ current_stage: z.string() })
export const moveStage = ({ id, to, from, note }: Move) => post('/rest/v1/rpc/move_account_stage', { account_id: id, to_stage: to, expected_from: from, note: note || null }, moved)

/** Takes back the move that brought the account where it is. */
export async function undoMove(id: string) {
  const [stay] = await get(`/rest/v1/current_stays?select=history_id&account_id=eq.${id}`, z.array(z.object({ history_id: z.string() })))
  return post('/rest/v1/rpc/undo_stage_move', { history_id: stay?.history_id }, z.unknown())
}

export const completeMilestone = (id: string, milestone: string, waive_reason?: string) =>
  post('/rest/v1/rpc/complete_milestone', { account_id: id, milestone_id: milestone, waive_reason: waive_reason ?? null }, z.unknown())

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
