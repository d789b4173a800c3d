// Usage that was told of accounts that do not exist yet.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { count, get } from '@/lib/api'
import { ADMIN } from '../api'

const row = z.object({ external_id: z.string(), metric_type: z.string(), recorded_at: z.string(), ends_at: z.string(), ended_at: z.nullable(z.string()), reason: z.nullable(z.string()) })
export type WaitingRow = z.infer<typeof row>

const MOST_ROWS = 5_000

/** The rows that end first, and how many there are in all. */
export const waitingQuery = queryOptions({
  queryKey: [...ADMIN, 'feeds', 'waiting'],
  queryFn: async ({ signal }) => {
    const rows = await get(`/rest/v1/waiting_usage?select=external_id,metric_type,recorded_at,ends_at,ended_at,reason&order=ended_at.desc.nullsfirst,ends_at,id&limit=${MOST_ROWS}`, z.array(row), signal)
    return { rows, all: rows.length < MOST_ROWS ? rows.length : await count('/rest/v1/waiting_usage?select=id', signal) }
  },
  refetchInterval: 60_000,
})
