// What the command palette finds: everything with a name.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { post } from '@/lib/api'
import { LEVELS } from '@/lib/levels'

const hit = z.object({
  kind: z.enum(['account', 'person', 'stage', 'view', 'playbook']),
  id: z.string(),
  title: z.string(),
  subtitle: z.nullable(z.string()),
  level: z.nullable(z.enum(LEVELS)),
})
export type Hit = z.infer<typeof hit>

/** The shortest text the server looks for; a sign before it says which kind. */
export const isSearchable = (query: string) => query.replace(/^[@#]\s*/, '').trim().length >= 2

export const searchQuery = (query: string) =>
  queryOptions({
    queryKey: ['search', query],
    queryFn: ({ signal }) => post('/rest/v1/rpc/search_everything', { query, max_results: 20 }, z.array(hit), { signal }),
    enabled: isSearchable(query),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })
