// The executive page as the server gives it: the only place here that knows its functions and views.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { criteriaSchema, where, allOf, type Criteria } from '@/lib/criteria'
import { dayIn } from '@/lib/days'
import { BANDS, LEVELS } from '@/lib/levels'
import { cutOffs, type Range } from './range'

export const EXECUTIVE = ['executive'] as const
export const EXECUTIVE_TOPICS = ['accounts', 'health', 'journey', 'revenue', 'stages', 'people', 'models', 'tenant']

const score = z.nullable(z.number())
const level = z.enum(LEVELS)
const list = z.nullable(criteriaSchema)
const figure = z.object({ accounts: z.number(), arr: z.number(), list })
export type Figure = z.infer<typeof figure>
const kpi = z.extend(figure, { value: score, before: score })
export type Kpi = z.infer<typeof kpi>

/** The one that renews first. */
const first = z.object({ account_id: z.string(), name: z.string(), contract_end_date: z.string(), days_to_renewal: z.number() })

const kpis = z.object({
  total_arr: kpi,
  accounts: kpi,
  health: z.extend(kpi, { mean: score, mean_before: score }),
  revenue_at_risk: z.extend(kpi, { exposure: z.number(), critical: figure, uncertain: figure, high_value: z.extend(figure, { setting: z.number() }) }),
  renewals_90d: z.extend(kpi, { at_risk: z.extend(figure, { first: z.nullable(first) }) }),
  retention: z.object({
    value: score, before: score, grr: score, grr_before: score, start_arr: z.number(), end_arr: z.number(),
    accounts_start: z.number(), accounts_lost: z.number(), reason: z.nullable(z.string()), list,
  }),
})

const part = z.object({ risk_level: z.enum(BANDS), accounts: z.number(), accounts_before: z.number(), arr: z.number(), list })
export type Part = z.infer<typeof part>

const risk = z.object({
  account_id: z.string(),
  name: z.string(),
  arr: z.number(),
  exposure: z.number(),
  overall_score: z.number(),
  score_change_30d: score,
  risk_level: level,
  confidence: z.nullable(z.string()),
  main_reason: z.nullable(z.string()),
  main_component: z.nullable(z.string()),
  points_lost: score,
  days_to_renewal: score,
  contract_end_date: z.nullable(z.string()),
  stage: z.nullable(z.string()),
  stage_color: z.nullable(z.string()),
  stage_state: z.nullable(z.string()),
  csm_name: z.nullable(z.string()),
})
export type Risk = z.infer<typeof risk>

const mover = z.object({ account_id: z.string(), name: z.string(), arr: z.number(), change: z.number(), overall_score: z.number(), score_before: z.number(), risk_level: level })
export type Mover = z.infer<typeof mover>

const dashboard = z.object({
  as_of: z.string(),
  since: z.string(),
  currency: z.string(),
  time_zone: z.string(),
  has_accounts: z.boolean(),
  has_scores: z.boolean(),
  kpis,
  distribution: z.array(part),
  revenue_at_risk: z.array(risk),
  movers: z.object({ drops: z.array(mover), rises: z.array(mover) }),
})
export type Dashboard = z.infer<typeof dashboard>

const kept = { placeholderData: keepPreviousData, staleTime: 30_000 } as const

export const dashboardQuery = (criteria: Criteria | undefined, range: Range) =>
  queryOptions({
    queryKey: [...EXECUTIVE, 'dashboard', criteria, range],
    queryFn: ({ signal }) => post('/rest/v1/rpc/executive_dashboard', { criteria, ...cutOffs(range) }, dashboard, { signal }),
    ...kept,
  })

const stock = z.number()
const point = z.object({
  at: z.string(), arr: stock, accounts: stock, healthy: stock, at_risk: stock, critical: stock, no_data: stock, uncertain: stock, paused: stock,
  healthy_arr: stock, at_risk_arr: stock, critical_arr: stock, no_data_arr: stock, uncertain_arr: stock, paused_arr: stock,
  revenue_at_risk: stock, renewals: stock, renewals_arr: stock, weighted_score: score, mean_score: score, nrr: score,
})
export type TrendPoint = z.infer<typeof point>
const trends = z.object({ points: z.array(point), marks: z.array(z.object({ at: z.string(), kind: z.string(), version: z.number() })) })
export type Trends = z.infer<typeof trends>

export const trendsQuery = (criteria: Criteria | undefined, range: Range) =>
  queryOptions({
    queryKey: [...EXECUTIVE, 'trends', criteria, range],
    queryFn: ({ signal }) => {
      const period = cutOffs(range)
      return post('/rest/v1/rpc/executive_trends', { criteria, ...period, points: pointsOf(period) }, trends, { signal })
    },
    ...kept,
  })

/** One a week, but at least 12 for the small lines in the tiles, and at most 53. */
function pointsOf({ since, until }: { since: string; until?: string }) {
  const weeks = ((until ? Date.parse(until) : Date.now()) - Date.parse(since)) / (7 * 86_400_000)
  return Math.min(53, Math.max(12, Math.round(weeks) + 1))
}

const facet = z.array(z.object({ value: z.nullable(z.string()), accounts: z.number(), arr: z.number() }))

/** Accounts that are behind or stuck in their stage. */
export const lateQuery = (covered: Criteria | null) =>
  queryOptions({
    queryKey: [...EXECUTIVE, 'late', covered],
    queryFn: async ({ signal }) => {
      const found = await post('/rest/v1/rpc/count_facets', { criteria: covered ?? { all: [] }, field: 'stage_state' }, facet, { signal })
      const of = (value: string) => found.find((one) => one.value === value)?.accounts ?? 0
      return { behind: of('behind'), stuck: of('stuck'), list: allOf(covered, where('stage_state', 'in', ['behind', 'stuck']))! }
    },
    ...kept,
  })

const renewal = z.object({
  account_id: z.string(), name: z.string(), contract_end_date: z.string(), days_to_renewal: z.number(), arr: z.number(),
  risk_level: z.enum(BANDS), overall_score: score, confidence: z.nullable(z.string()),
})
export type Renewal = z.infer<typeof renewal>

/** A drawing holds no more; the largest are taken. */
export const MOST_RENEWALS = 250

export const renewalsQuery = (criteria: Criteria | undefined) =>
  queryOptions({
    queryKey: [...EXECUTIVE, 'renewals', criteria],
    queryFn: ({ signal }) =>
      post(
        `/rest/v1/rpc/renewals_between?select=account_id,name,contract_end_date,days_to_renewal,arr,risk_level,overall_score,confidence&order=arr.desc,name&limit=${MOST_RENEWALS}`,
        { criteria, from_day: dayIn(-30), to_day: dayIn(365) },
        z.array(renewal),
        { signal },
      ),
    ...kept,
  })

const bridge = z.object({ start_arr: z.number(), new_arr: z.number(), returned_arr: z.number(), expansion: z.number(), contraction: z.number(), churned_arr: z.number(), end_arr: z.number() })
export type BridgeAmounts = z.infer<typeof bridge>

export const bridgeQuery = (criteria: Criteria | undefined, range: Range) =>
  queryOptions({
    queryKey: [...EXECUTIVE, 'bridge', criteria, range],
    queryFn: async ({ signal }) => {
      const { since, until = 'infinity' } = cutOffs(range)
      const [row] = await post('/rest/v1/rpc/arr_bridge_between', { criteria, since, until }, z.array(bridge), { signal })
      return row!
    },
    ...kept,
  })

const growth = z.object({
  weeks: z.array(z.object({ week: z.string(), stage: z.string(), entries: z.number() })),
  flows: z.array(z.object({ from_stage: z.nullable(z.string()), to_stage: z.string(), moves: z.number(), median_days: score })),
})
export type Growth = z.infer<typeof growth>

export const growthQuery = (criteria: Criteria | undefined, range: Range) =>
  queryOptions({
    queryKey: [...EXECUTIVE, 'growth', criteria, range],
    queryFn: ({ signal }) => {
      const { since, until = 'infinity' } = cutOffs(range)
      return post('/rest/v1/rpc/growth_between', { criteria, since, until }, growth, { signal })
    },
    ...kept,
  })

const workload = z.object({
  user_id: z.nullable(z.string()), full_name: z.nullable(z.string()), accounts: z.number(), arr: z.number(), average_score: score, at_risk: z.number(),
  critical: z.number(), arr_at_risk: z.number(), stuck: z.number(), overdue_milestones: z.number(), open_tasks: z.number(), oldest_touch_days: score,
  list: criteriaSchema, at_risk_list: criteriaSchema,
})
export type Workload = z.infer<typeof workload>

export const teamQuery = queryOptions({
  queryKey: [...EXECUTIVE, 'team'],
  queryFn: ({ signal }) =>
    get(
      '/rest/v1/csm_workload?select=user_id,full_name,accounts,arr,average_score,at_risk,critical,arr_at_risk,stuck,overdue_milestones,open_tasks,oldest_touch_days,list,at_risk_list&accounts=gt.0&order=arr_at_risk.desc,arr.desc&limit=200',
      z.array(workload),
      signal,
    ),
  ...kept,
})

/** The movers of a shorter time than the page's. */
export const moversQuery = (criteria: Criteria | undefined, days: '7d' | '30d') =>
  queryOptions({
    queryKey: [...EXECUTIVE, 'movers', criteria, days],
    queryFn: async ({ signal }) => {
      const since = new Date(Date.now() - (days === '7d' ? 7 : 30) * 86_400_000).toISOString()
      return (await post('/rest/v1/rpc/executive_dashboard', { criteria, since }, dashboard, { signal })).movers
    },
    ...kept,
  })
