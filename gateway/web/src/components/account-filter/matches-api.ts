// How many accounts a filter finds.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { post } from '@/lib/api'
import type { Criteria } from '@/lib/criteria'

const matches = z.object({ summary: z.nullable(z.object({ accounts: z.number(), arr: z.number() })) })

/** How many accounts meet these criteria, and what they are worth. */
export const matchesQuery = (criteria: Criteria | undefined) =>
  queryOptions({
    queryKey: ['accounts', 'matches', criteria],
    queryFn: async ({ signal }) => (await post('/rest/v1/rpc/search_accounts', { criteria, page_size: 1, with_total: true }, matches, { signal })).summary,
    staleTime: 60_000,
    retry: false,
  })
