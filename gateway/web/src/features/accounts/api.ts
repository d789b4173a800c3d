// The account list as the server gives it: the only place here that knows the view's name and columns.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get } from '@/lib/api'
import { REFRESH_MS } from '@/lib/query'

export const LIMIT = 1000
export const LEVELS = ['Healthy', 'At Risk', 'Critical'] as const

const score = z.nullable(z.number())

const account = z.object({
  id: z.string(),
  name: z.string(),
  parent_id: z.nullable(z.string()),
  parent_name: z.nullable(z.string()),
  hierarchy_level: z.number(),
  current_stage: z.nullable(z.string()),
  stage_color: z.nullable(z.string()),
  days_in_stage: z.nullable(z.number()),
  stage_state: z.nullable(z.enum(['on_track', 'behind', 'stuck'])),
  status: z.enum(['Active', 'Paused', 'Churned']),
  arr: z.nullable(z.number()),
  contract_end_date: z.nullable(z.string()),
  days_to_renewal: z.nullable(z.number()),
  industry: z.nullable(z.string()),
  csm_name: z.nullable(z.string()),
  overall_score: score,
  score_change_30d: score,
  risk_level: z.nullable(z.enum(LEVELS)),
  confidence: z.nullable(z.enum(['high', 'medium', 'low'])),
  usage_score: score,
  engagement_score: score,
  support_score: score,
  adoption_score: score,
})
export type Account = z.infer<typeof account>

export const accountsQuery = queryOptions({
  queryKey: ['accounts', 'overview'],
  queryFn: ({ signal }) => get(`/rest/v1/account_overview?limit=${LIMIT}&order=name`, z.array(account), signal),
  refetchInterval: REFRESH_MS,
})
