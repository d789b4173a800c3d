// Moves of accounts between stages, how they are taken back, and the milestones that hold them.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from './api'

type Move = { id: string; to: string; from: string; note?: string }
const moved = z.object({ current_stage: z.string() })
export const moveStage = ({ id, to, from, note }: Move) => post('/rest/v1/rpc/move_account_stage', { account_id: id, to_stage: to, expected_from: from, note: note || null }, moved)

const stay = z.object({ account_id: z.string(), history_id: z.string(), stage_id: z.string() })

/** The stays that these accounts are in: what brought each of them there can be taken back. */
export const currentStays = (ids: string[]) => get(`/rest/v1/current_stays?select=account_id,history_id,stage_id&account_id=in.(${ids.join()})`, z.array(stay))

export const undoStay = (history_id: string) => post('/rest/v1/rpc/undo_stage_move', { history_id }, moved)

/** Takes back the move that brought the account where it is. */
export async function undoMove(id: string) {
  const [current] = await currentStays([id])
  return undoStay(current?.history_id ?? id)
}

export const completeMilestone = (id: string, milestone: string, waive_reason?: string) =>
  post('/rest/v1/rpc/complete_milestone', { account_id: id, milestone_id: milestone, waive_reason: waive_reason ?? null }, z.unknown())

const due = z.object({ milestone_id: z.string(), state: z.enum(['open', 'done', 'waived']), completed_at: z.nullable(z.string()), due_at: z.nullable(z.string()), is_overdue: z.boolean() })
export type DueMilestone = z.infer<typeof due>

/** When the milestones of the account's stage are due. */
export const dueQuery = (id: string) =>
  queryOptions({
    queryKey: ['milestones-due', id],
    queryFn: ({ signal }) => get(`/rest/v1/account_milestone_status?select=milestone_id,state,completed_at,due_at,is_overdue&account_id=eq.${id}`, z.array(due), signal),
    retry: false,
  })

/** Of an account beside the main line: the stage it was in before. */
export const suggestedQuery = (id: string) =>
  queryOptions({
    queryKey: ['suggested-stage', id],
    queryFn: ({ signal }) => post('/rest/v1/rpc/suggested_stage', { account_id: id }, z.nullable(z.string()), { signal }),
    retry: false,
  })
