// The scores of twelve weeks of the rows that are loaded, asked for once the rows are there, page by page.
import { useMemo } from 'react'
import { queryOptions, useQueries } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { post } from '@/lib/api'
import type { Account } from './api'

const WEEKS = 12
/** What one request asks for. */
const PART = 200

const weeks = z.array(z.object({ account_id: z.string(), scores: z.array(z.nullable(z.number())) }))

export const weeksQuery = (account_ids: string[]) =>
  queryOptions({
    queryKey: ['account-weeks', account_ids],
    queryFn: ({ signal }) => post('/rest/v1/rpc/weekly_scores', { account_ids, weeks: WEEKS }, weeks, { signal }),
    staleTime: 300_000,
    // the list is whole without
    retry: false,
  })

export type Weeks = Map<string, (number | null)[]>

/** By id; only what has come, and nothing while the column is not shown. */
export function useWeeks(rows: Account[], wanted: boolean): Weeks {
  const parts = useMemo(() => {
    const ids = wanted ? rows.map((row) => row.id) : []
    return Array.from({ length: Math.ceil(ids.length / PART) }, (_, i) => ids.slice(i * PART, (i + 1) * PART))
  }, [rows, wanted])
  return useQueries({ queries: parts.map(weeksQuery), combine })
}

const combine = (results: { data?: z.infer<typeof weeks> }[]): Weeks => new Map(results.flatMap(({ data = [] }) => data.map((one) => [one.account_id, one.scores] as const)))
