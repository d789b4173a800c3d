// Saved views of the list: one's own and those colleagues share.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { criteriaSchema, type Criteria } from '@/lib/criteria'

const view = z.object({
  id: z.string(),
  owner_id: z.string(),
  name: z.string(),
  is_shared: z.boolean(),
  criteria: z.nullable(criteriaSchema),
  settings: z.record(z.string(), z.unknown()),
  version: z.number(),
})
export type View = z.infer<typeof view>

/** All queries of saved views begin with this key, also those of the sidebar and the palette. */
export const VIEWS = ['saved-views'] as const

export const viewsQuery = queryOptions({
  queryKey: [...VIEWS, 'accounts', 'tabs'],
  queryFn: ({ signal }) => get('/rest/v1/saved_views?select=id,owner_id,name,is_shared,criteria,settings,version&page=eq.accounts&order=name&limit=200', z.array(view), signal),
  staleTime: 60_000,
})

export type NewView = { id?: string; name?: string; criteria?: Criteria | null; settings?: Record<string, unknown>; is_shared?: boolean }

/** Without an id a new one. */
export const saveView = (change: NewView, expected_version?: number) =>
  post('/rest/v1/rpc/save_view', { view: change.id ? change : { page: 'accounts', ...change }, ...(expected_version === undefined ? {} : { expected_version }) }, view)

export const deleteView = (view_id: string) => post('/rest/v1/rpc/delete_view', { view_id }, z.unknown())
