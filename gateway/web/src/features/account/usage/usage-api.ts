// Usage week by week and by feature, and the days on which none is expected or its feed is out.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get } from '@/lib/api'
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

const outage = z.object({ metric_type: z.string(), since: z.string(), is_accepted: z.boolean() })

export const outagesQuery = queryOptions({
  queryKey: ['outages'],
  queryFn: ({ signal }) => get('/rest/v1/feed_outages?select=metric_type,since,is_accepted', z.array(outage), signal),
  staleTime: 60_000,
})
