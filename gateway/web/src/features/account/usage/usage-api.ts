// Usage week by week and by feature, and the days on which none is expected or its feed is out.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { ACCOUNT } from '../api'

export const METRICS = ['logins', 'feature_usage', 'api_calls', 'support_tickets'] as const
export type Metric = (typeof METRICS)[number]

const week = z.object({ metric_type: z.enum(METRICS), week: z.string(), total: z.number(), days: z.number(), last_day: z.string() })
export type UsageWeek = z.infer<typeof week>

export const usageQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACCOUNT, id, 'usage'],
    queryFn: ({ signal }) => get(`/rest/v1/usage_weekly?select=metric_type,week,total,days,last_day&account_id=eq.${id}&order=metric_type,week&limit=1000`, z.array(week), signal),
    retry: false,
    staleTime: 60_000,
  })

const feature = z.object({ feature: z.string(), uses: z.number(), days: z.number(), last_used_at: z.string() })

export const featuresQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACCOUNT, id, 'features'],
    queryFn: ({ signal }) => get(`/rest/v1/usage_features?select=feature,uses,days,last_used_at&account_id=eq.${id}&order=uses.desc,feature&limit=50`, z.array(feature), signal),
    retry: false,
    staleTime: 60_000,
  })

const pause = z.object({ metric_type: z.nullable(z.string()), from_day: z.string(), to_day: z.nullable(z.string()), kind: z.string() })

const YEAR_MS = 364 * 86_400_000

/** The days that do not pass for usage: an outage of its feed, a silence that was accepted, quiet days for all types. */
export const pausesQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACCOUNT, id, 'pauses'],
    queryFn: ({ signal }) => post('/rest/v1/rpc/usage_pauses', { account_id: id, since: new Date(Date.now() - YEAR_MS).toISOString().slice(0, 10) }, z.array(pause), { signal }),
    retry: false,
    staleTime: 60_000,
  })
