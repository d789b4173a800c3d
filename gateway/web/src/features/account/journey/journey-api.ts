// The way of an account through the stages.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { ACCOUNT } from '../api'

const number = z.nullable(z.number())
const text = z.nullable(z.string())

const step = z.object({
  stage_id: z.string(), stage: z.string(), display_order: z.number(), color_hex: text, is_side: z.boolean(), is_end: z.boolean(), is_current: z.boolean(), entered: z.number(),
  first_entered_at: text, last_entered_at: text, days: z.number(), target_days: number, state: text,
})
export type Step = z.infer<typeof step>

export const stepsQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACCOUNT, id, 'steps'],
    queryFn: ({ signal }) => post('/rest/v1/rpc/journey_steps', { account_id: id }, z.array(step), { signal }),
    retry: false,
    staleTime: 30_000,
  })

const stay = z.object({
  id: z.string(), from_stage: text, to_stage: z.string(), entered_at: z.string(), exited_at: text, duration_days: number, triggered_by: text, notes: text,
  override_reason: text, is_undone: z.boolean(),
})
export type Stay = z.infer<typeof stay>

export const staysQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACCOUNT, id, 'stays'],
    queryFn: ({ signal }) =>
      get(
        `/rest/v1/journey_history?select=id,from_stage,to_stage,entered_at,exited_at,duration_days,triggered_by,notes,override_reason,is_undone&account_id=eq.${id}&order=entered_at.desc,id.desc&limit=200`,
        z.array(stay),
        signal,
      ),
    retry: false,
    staleTime: 30_000,
  })
