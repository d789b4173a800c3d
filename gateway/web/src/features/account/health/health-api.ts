// Why a score is what it is, how it got there, and what moved it.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { dayIn } from '@/lib/days'
import { LEVELS } from '@/lib/levels'
import { ACCOUNT, eventSchema } from '../api'

const number = z.nullable(z.number())
const text = z.nullable(z.string())

const explained = z.object({
  component: z.string(), part: text, metric: text, raw_value: number, target: number, baseline: number, score: number, weight: number, effective_weight: number,
  points_lost: number, null_reason: text, largest_gain: z.boolean(), reading: z.string(), window_from: text, window_to: text,
})
export type Explained = z.infer<typeof explained>

/** `at` undefined: now. */
export const explainQuery = (id: string, at?: string) =>
  queryOptions({
    queryKey: [...ACCOUNT, id, 'explain', at],
    queryFn: ({ signal }) => post('/rest/v1/rpc/explain_health', { account_id: id, as_of: at }, z.array(explained), { signal }),
    retry: false,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  })

const snapshot = z.object({
  created_at: z.string(), overall_score: z.number(), risk_level: z.enum(LEVELS), change: number, usage_score: number, engagement_score: number, support_score: number,
  adoption_score: number, raw_score: number, confidence: text, source: z.string(), cause: text, model_version: number,
})
export type Snapshot = z.infer<typeof snapshot>

const startOfDay = (days: number) => `${dayIn(-days)}T00:00:00Z`

/** All scores of the last days, the oldest first. */
export const historyQuery = (id: string, days: number) =>
  queryOptions({
    queryKey: [...ACCOUNT, id, 'history', days],
    queryFn: ({ signal }) =>
      get(
        `/rest/v1/health_history?select=created_at,overall_score,risk_level,change,usage_score,engagement_score,support_score,adoption_score,raw_score,confidence,source,cause,model_version&account_id=eq.${id}&created_at=gte.${startOfDay(days)}&order=created_at&limit=4000`,
        z.array(snapshot),
        signal,
      ),
    retry: false,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })

/** What may have moved the score: stages, ARR, overrides, playbooks that ran. */
export const marksQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACCOUNT, id, 'marks'],
    queryFn: ({ signal }) => post('/rest/v1/rpc/family_timeline', { account_id: id, kinds: ['stage', 'arr', 'override', 'playbook'], page_size: 200 }, z.array(eventSchema), { signal }),
    retry: false,
    staleTime: 30_000,
  })

const model = z.object({ version: z.number(), created_at: z.string() })

export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => get('/rest/v1/health_models?select=version,created_at&order=version.desc&limit=100', z.array(model), signal),
  staleTime: 300_000,
})
