// The page of one account as the server gives it in one call, and where the page's address may lead.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { LEVELS } from '@/lib/levels'

/** All queries of one account begin with this key and its id. */
export const ACCOUNT = ['account'] as const
export const ACCOUNT_TOPICS = ['accounts', 'health', 'journey', 'activities', 'contacts', 'revenue', 'runs', 'webhooks', 'stages', 'fields', 'models', 'people']

const number = z.nullable(z.number())
const text = z.nullable(z.string())
const level = z.nullable(z.enum(LEVELS))
export const STATUSES = ['Active', 'Paused', 'Churned'] as const

const account = z.object({
  id: z.string(),
  name: z.string(),
  external_id: text,
  parent_id: text,
  parent_name: text,
  hierarchy_level: z.number(),
  hierarchy_path: z.string(),
  status: z.enum(STATUSES),
  arr: number,
  contract_end_date: text,
  days_to_renewal: number,
  csm_id: text,
  csm_name: text,
  last_touch_at: text,
  overall_score: number,
  score_change_30d: number,
  risk_level: level,
  confidence: text,
  crm_attributes: z.record(z.string(), z.unknown()),
})
export type Account = z.infer<typeof account>

const stage = z.object({
  id: z.string(), name: z.string(), color_hex: text, is_side: z.boolean(), is_end: z.boolean(), target_days: number, since: text, days: number, state: text, suggested: text,
})
export type AccountStage = z.infer<typeof stage>

const field = z.object({
  key: z.string(), label: z.string(), type: z.string(), value: z.catch(z.unknown(), null), options: z.catch(z.nullable(z.array(z.string())), null), is_required: z.boolean(),
})
export type CustomField = z.infer<typeof field>

const contact = z.object({ id: z.string(), full_name: z.string(), email: text, phone: text, title: text, is_primary: z.boolean(), notes: text })
export type Contact = z.infer<typeof contact>

const milestone = z.object({
  milestone_id: z.string(), stage: z.string(), title: z.string(), is_required: z.boolean(), state: z.enum(['open', 'done', 'waived']), reason: text,
  completed_at: text, due_at: text, is_overdue: z.boolean(),
})
export type Milestone = z.infer<typeof milestone>

const current = z.object({
  raw_score: number, coverage: number, confidence: text, stale_feed: z.boolean(), source: z.string(), model_version: number, computed_at: z.string(),
  override_reason: text, override_until: text, override_by: z.catch(z.optional(text), undefined), cap_reason: text, usage_score: number, engagement_score: number, support_score: number, adoption_score: number,
})

const rollup = z.object({
  accounts: z.number(), own_arr: z.number(), family_arr: z.number(), health: number, risk_level: level, worst_score: number, worst_account_id: text, worst_name: text,
  critical: z.number(), arr_at_risk: z.number(), earliest_renewal: text, partial: z.boolean(),
})

const child = z.object({ id: z.string(), name: z.string(), status: z.enum(STATUSES), current_stage: z.string(), arr: number, overall_score: number, risk_level: level })

export const eventSchema = z.object({
  at: z.string(), kind: z.string(), title: z.string(), body: text, actor_id: text, actor_name: text, source_id: text, details: z.catch(z.record(z.string(), z.unknown()), {}),
  event_key: z.string(), account_id: z.optional(z.string()), account_name: z.optional(z.string()),
})
export type AccountEvent = z.infer<typeof eventSchema>

const delivery = z.object({
  id: z.string(), playbook_id: text, playbook_name: text, channel: z.string(), status: z.string(), waits_for: text, waits_because: text, attempts: z.number(),
  max_attempts: number, next_try_at: text, response_status: number, last_error: text, created_at: z.string(),
})
export type Delivery = z.infer<typeof delivery>

const page = z.object({
  account,
  version: z.number(),
  permissions: z.array(z.string()),
  breadcrumb: z.array(z.object({ position: z.number(), id: z.string(), name: z.string() })),
  stage: z.nullable(stage),
  fields: z.array(field),
  contacts: z.array(contact),
  milestones: z.array(milestone),
  health: z.object({ current: z.nullable(current), history: z.array(z.object({ at: z.string(), score: number })) }),
  rollup,
  child_count: z.number(),
  children: z.array(child),
  timeline: z.array(eventSchema),
  deliveries: z.array(delivery),
})
export type AccountPage = z.infer<typeof page>

export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACCOUNT, id, 'page'],
    queryFn: ({ signal }) => post('/rest/v1/rpc/account_360', { account_id: id }, page, { signal }),
    retry: false,
    staleTime: 10_000,
  })

const person = z.object({ user_id: z.string(), full_name: z.string() })
export type Colleague = z.infer<typeof person>

export const colleaguesQuery = queryOptions({
  queryKey: ['colleagues'],
  queryFn: ({ signal }) => get('/rest/v1/profiles?select=user_id,full_name&is_active=is.true&order=full_name&limit=500', z.array(person), signal),
  staleTime: 300_000,
})
