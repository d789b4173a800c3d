// What the command palette finds: everything with a name, and the saved views.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { criteriaSchema } from '@/lib/criteria'
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

const view = z.object({ id: z.string(), name: z.string(), is_shared: z.boolean(), criteria: z.nullable(criteriaSchema), settings: z.record(z.string(), z.unknown()) })
export type SavedView = z.infer<typeof view>

/** The saved views of the accounts page: own ones and those shared. */
export const viewsQuery = queryOptions({
  queryKey: ['saved-views', 'accounts'],
  queryFn: ({ signal }) => get('/rest/v1/saved_views?select=id,name,is_shared,criteria,settings&page=eq.accounts&order=name&limit=200', z.array(view), signal),
  staleTime: 60_000,
})
