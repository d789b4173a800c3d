// How the figures of the accounts that match were 30 days ago.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { post } from '@/lib/api'
import type { Criteria } from '@/lib/criteria'

const DAYS = 30

const n = z.number()
const point = z.object({ accounts: n, arr: n, at_risk: n, critical: n, revenue_at_risk: n, renewals: n, renewals_arr: n })
export type Moment = z.infer<typeof point>
const trends = z.object({ points: z.array(point).check(z.minLength(2)) })
export type Changes = { before: Moment; now: Moment }

export const changesQuery = (criteria: Criteria | undefined) =>
  queryOptions({
    queryKey: ['account-changes', criteria],
    queryFn: async ({ signal }): Promise<Changes> => {
      const since = new Date(Date.now() - DAYS * 86_400_000).toISOString()
      const { points } = await post('/rest/v1/rpc/executive_trends', { criteria, since, points: 2 }, trends, { signal })
      return { before: points[0]!, now: points.at(-1)! }
    },
    placeholderData: keepPreviousData,
    staleTime: 300_000,
    // the figures are whole without
    retry: false,
  })
