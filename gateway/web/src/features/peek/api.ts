// One account at a glance, as its page's function gives it.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { post } from '@/lib/api'
import { LEVELS } from '@/lib/levels'

const score = z.nullable(z.number())
const level = z.nullable(z.enum(LEVELS))

const account = z.object({
  id: z.string(),
  name: z.string(),
  parent_id: z.nullable(z.string()),
  parent_name: z.nullable(z.string()),
  arr: score,
  status: z.enum(['Active', 'Paused', 'Churned']),
  csm_name: z.nullable(z.string()),
  industry: z.nullable(z.string()),
  current_stage: z.nullable(z.string()),
  stage_color: z.nullable(z.string()),
  stage_state: z.nullable(z.string()),
  days_in_stage: score,
  contract_end_date: z.nullable(z.string()),
  days_to_renewal: score,
  last_touch_at: z.nullable(z.string()),
  overall_score: score,
  score_change_30d: score,
  risk_level: level,
  confidence: z.nullable(z.string()),
})

const current = z.object({
  usage_score: score,
  engagement_score: score,
  support_score: score,
  adoption_score: score,
  override_reason: z.nullable(z.string()),
  override_until: z.nullable(z.string()),
  cap_reason: z.nullable(z.string()),
  stale_feed: z.boolean(),
})
const part = z.object({ part: z.string(), component: z.string(), reading: z.nullable(z.string()), points_lost: z.number() })
const event = z.object({ at: z.string(), kind: z.string(), title: z.string(), body: z.nullable(z.string()), actor_name: z.nullable(z.string()), event_key: z.string() })

const whole = z.object({
  account,
  health: z.object({ current: z.nullable(current), history: z.array(z.object({ at: z.string(), score })) }),
  stage: z.nullable(z.object({ target_days: score })),
  explain_top: z.object({ parts: z.array(part), largest_gain: z.nullable(z.object({ points: z.number(), reading: z.nullable(z.string()), component: z.string() })) }),
  timeline: z.array(event),
  contacts: z.array(z.object({ id: z.string(), full_name: z.string(), title: z.nullable(z.string()), email: z.nullable(z.string()), is_primary: z.boolean() })),
})
export type Whole = z.infer<typeof whole>

export const PEEK = ['peek'] as const
export const PEEK_TOPICS = ['accounts', 'health', 'journey', 'revenue', 'activities', 'contacts']

export const peekQuery = (id: string) =>
  queryOptions({
    queryKey: [...PEEK, id],
    queryFn: ({ signal }) => post('/rest/v1/rpc/account_360', { account_id: id }, whole, { signal }),
    retry: false,
    staleTime: 10_000,
  })
