// Saved views, one's own and those colleagues share: asked for once, for the tabs of a list, the sidebar, the palette and segments.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get } from './api'
import { criteriaSchema } from './criteria'

export const savedView = z.object({
  id: z.string(),
  owner_id: z.string(),
  page: z.string(),
  name: z.string(),
  is_shared: z.boolean(),
  criteria: z.nullable(criteriaSchema),
  settings: z.record(z.string(), z.unknown()),
  version: z.number(),
})
export type SavedView = z.infer<typeof savedView>

/** All queries of saved views begin with this key. */
export const VIEWS = ['saved-views'] as const

export const viewsQuery = queryOptions({
  queryKey: VIEWS,
  queryFn: ({ signal }) => get('/rest/v1/saved_views?select=id,owner_id,page,name,is_shared,criteria,settings,version&order=name&limit=500', z.array(savedView), signal),
  staleTime: 60_000,
})

const ofAccounts = (all: SavedView[]) => all.filter(({ page }) => page === 'accounts')
const withCriteria = (all: SavedView[]) => all.filter(({ criteria }) => criteria !== null)

export const accountViewsQuery = { ...viewsQuery, select: ofAccounts }
/** Those that say which accounts are meant. */
export const segmentsQuery = { ...viewsQuery, select: withCriteria }
