// The milestones of a stage as they can be edited, saved as one change; and how many accounts have done each.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { count, get, post } from '@/lib/api'
import { criteriaSchema } from '@/lib/criteria'
import { ADMIN } from '../api'

const milestone = z.object({
  id: z.string(),
  title: z.string(),
  description: z.nullable(z.string()),
  is_required: z.boolean(),
  due_after_days: z.nullable(z.number()),
  criteria: z.nullable(criteriaSchema),
  is_active: z.boolean(),
})
export type MilestoneRow = z.infer<typeof milestone>

export const milestonesQuery = (stage: string) =>
  queryOptions({
    queryKey: [...ADMIN, 'milestones', stage],
    queryFn: ({ signal }) => get(`/rest/v1/stage_milestones?select=id,title,description,is_required,due_after_days,criteria,is_active&stage_id=eq.${stage}&order=is_active.desc,display_order,title`, z.array(milestone), signal),
  })

/** How many milestones each stage has. */
export const perStageQuery = queryOptions({
  queryKey: [...ADMIN, 'milestones', 'per stage'],
  queryFn: async ({ signal }) => {
    const all = await get('/rest/v1/stage_milestones?select=stage_id&is_active=is.true', z.array(z.object({ stage_id: z.string() })), signal)
    const counts = new Map<string, number>()
    all.forEach(({ stage_id }) => counts.set(stage_id, (counts.get(stage_id) ?? 0) + 1))
    return counts
  },
})

/** Of the accounts in the stage: how many have done a milestone or had it waived. */
export const doneQuery = (milestone_id: string) =>
  queryOptions({
    queryKey: [...ADMIN, 'milestones', 'done', milestone_id],
    queryFn: async ({ signal }) => {
      const of = `/rest/v1/account_milestone_status?select=account_id&milestone_id=eq.${milestone_id}`
      const [all, open] = await Promise.all([count(of, signal), count(`${of}&state=eq.open`, signal)])
      return { all, done: all - open }
    },
    staleTime: 60_000,
  })

/** How often it was done or waived by any account. */
export const completionsQuery = (milestone_id: string) =>
  queryOptions({
    queryKey: [...ADMIN, 'milestones', 'completions', milestone_id],
    queryFn: ({ signal }) => count(`/rest/v1/account_milestones?select=account_id&milestone_id=eq.${milestone_id}`, signal),
  })

export type MilestoneChange = Partial<MilestoneRow> & { display_order?: number }
export const saveMilestones = (stage_id: string, changes: MilestoneChange[]) => post('/rest/v1/rpc/save_milestones', { stage_id, changes }, z.unknown())
