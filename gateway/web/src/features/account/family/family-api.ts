// The tree that an account is in, with what each branch adds up to, and the search for another place in it.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { LEVELS } from '@/lib/levels'
import { ACCOUNT } from '../api'

const number = z.nullable(z.number())
export const MOST_RELATIVES = 300

const relative = z.object({
  id: z.string(), parent_id: z.nullable(z.string()), name: z.string(), level: z.number(), path: z.string(), descendants: z.number(), status: z.string(), current_stage: z.string(),
  own_arr: z.number(), family_arr: z.number(), overall_score: number, risk_level: z.nullable(z.enum(LEVELS)), confidence: z.nullable(z.string()), family_score: number,
})
export type Relative = z.infer<typeof relative>

/** `root` is the highest account of the family that the reader sees. */
export const familyQuery = (id: string, path: string) =>
  queryOptions({
    queryKey: [...ACCOUNT, id, 'family', path],
    queryFn: ({ signal }) => {
      const root = path.split('/')[0]!
      const columns = 'id,parent_id,name,level,path,descendants,status,current_stage,own_arr,family_arr,overall_score,risk_level,confidence,family_score'
      return get(`/rest/v1/account_tree?select=${columns}&or=(path.eq.${root},path.like.${root}/*)&order=path&limit=${MOST_RELATIVES}`, z.array(relative), signal)
    },
    retry: false,
    staleTime: 30_000,
  })

const hit = z.object({ kind: z.string(), id: z.string(), title: z.string(), subtitle: z.nullable(z.string()) })

export const placesQuery = (query: string) =>
  queryOptions({
    queryKey: ['places', query],
    queryFn: async ({ signal }) => (await post('/rest/v1/rpc/search_everything', { query, max_results: 20 }, z.array(hit), { signal })).filter((one) => one.kind === 'account'),
    enabled: query.trim().length >= 2,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })
