// Feeds of usage that are silent, and what people said of it.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { ADMIN } from '../api'

export const KINDS = ['logins', 'feature_usage', 'api_calls', 'support_tickets'] as const
export type Kind = (typeof KINDS)[number]
const kind = z.enum(KINDS)

const outage = z.object({ metric_type: kind, since: z.string(), is_accepted: z.boolean(), accepted_at: z.nullable(z.string()), accepted_by: z.nullable(z.string()), reason: z.nullable(z.string()) })
export type Outage = z.infer<typeof outage>

export const outagesQuery = queryOptions({
  queryKey: [...ADMIN, 'feeds', 'outages'],
  queryFn: ({ signal }) => get('/rest/v1/feed_outages?select=metric_type,since,is_accepted,accepted_at,accepted_by,reason', z.array(outage), signal),
  refetchInterval: 60_000,
})

const silence = z.object({ id: z.string(), metric_type: kind, reason: z.string(), accepted_at: z.string(), accepted_by: z.nullable(z.string()), withdrawn_at: z.nullable(z.string()) })
export type Silence = z.infer<typeof silence>

export const silencesQuery = queryOptions({
  queryKey: [...ADMIN, 'feeds', 'silences'],
  queryFn: ({ signal }) => get('/rest/v1/feed_silences?select=id,metric_type,reason,accepted_at,accepted_by,withdrawn_at&order=accepted_at.desc&limit=50', z.array(silence), signal),
})

export const acceptSilence = (metric_type: Kind, reason: string) => post('/rest/v1/rpc/accept_silence', { metric_type, reason }, z.unknown())
export const withdrawSilence = (metric_type: Kind) => post('/rest/v1/rpc/withdraw_silence', { metric_type }, z.unknown())
