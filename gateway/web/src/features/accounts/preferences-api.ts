// How a person likes the list: their columns and the view it opens with, kept with the person; the density also in this browser.
import { queryOptions, type QueryClient } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { post } from '@/lib/api'
import { inTurn } from '@/lib/in-turn'
import { applyPreferences, preferences, type Preferences } from '@/lib/preferences'

const liked = z.object({ columns: z.catch(z.optional(z.nullable(z.string())), undefined), view: z.catch(z.optional(z.nullable(z.string())), undefined) })
export type Liked = z.infer<typeof liked>

const ofPages = z.looseObject({ accounts: z.catch(z.optional(liked), undefined) })
const KEY = ['accounts-liked'] as const

export const likedQuery = queryOptions({
  queryKey: KEY,
  queryFn: async ({ signal }): Promise<Liked> => (await post('/rest/v1/rpc/my_preferences', {}, ofPages, { signal })).accounts ?? {},
  staleTime: Infinity,
})

const save = (change: object) => post('/rest/v1/rpc/save_preferences', { change }, z.unknown(), { keepalive: true })
const saveLiked = inTurn((accounts: Liked) => save({ accounts }))
const saveDensity = inTurn((pages: Pick<Preferences, 'density'>) => save({ pages }))

/** At once here; what cannot be kept still holds on this page. */
export function keepLiked(client: QueryClient, change: Liked) {
  client.setQueryData(KEY, (now: Liked | undefined) => ({ ...now, ...change }))
  return saveLiked(change).catch(() => undefined)
}

export function keepDensity(density: Preferences['density']) {
  applyPreferences({ ...preferences.get(), density })
  void saveDensity({ density }).catch(() => undefined)
}
