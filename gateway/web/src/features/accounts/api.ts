// The account list as the server gives it: the only place here that knows its functions, tables and columns.
import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import type { Criteria } from '@/lib/criteria'
import { criteriaOf, STATUSES, words, type Filter, type Names } from './criteria'
import { bandOf, BANDS, LEVELS, type LevelFilter } from '@/lib/levels'

export const PAGE_SIZE = 100

/** All of these queries begin with this key. */
export const ACCOUNTS = ['accounts'] as const

/** The topics of live events that change what the list shows. */
export const TOPICS = ['accounts', 'health', 'journey', 'revenue', 'stages', 'people']

const score = z.nullable(z.number())

const account = z.object({
  id: z.string(),
  name: z.string(),
  parent_id: z.nullable(z.string()),
  parent_name: z.nullable(z.string()),
  current_stage: z.nullable(z.string()),
  stage_color: z.nullable(z.string()),
  days_in_stage: z.nullable(z.number()),
  stage_state: z.nullable(z.enum(['on_track', 'behind', 'stuck'])),
  status: z.enum(STATUSES),
  arr: z.nullable(z.number()),
  contract_end_date: z.nullable(z.string()),
  days_to_renewal: z.nullable(z.number()),
  industry: z.nullable(z.string()),
  csm_name: z.nullable(z.string()),
  overall_score: score,
  score_change_30d: score,
  risk_level: z.nullable(z.enum(LEVELS)),
  confidence: z.nullable(z.enum(['high', 'medium', 'low'])),
  usage_score: score,
  engagement_score: score,
  support_score: score,
  adoption_score: score,
})
export type Account = z.infer<typeof account>

const figures = z.object({ accounts: z.number(), arr: z.number() })
export type Figures = z.infer<typeof figures>

const summary = z.extend(figures, { at_risk: figures, renewing: figures, at_risk_renewing: figures })
export type Summary = z.infer<typeof summary>

// total and summary are asked for with the first page only
const accountPage = z.object({
  rows: z.array(account),
  next: z.nullable(z.string()),
  total: z.nullable(z.number()),
  summary: z.nullable(summary),
})

export const accountsQuery = (filter: Filter, sort: string) =>
  infiniteQueryOptions({
    queryKey: [...ACCOUNTS, 'list', filter, sort],
    queryFn: async ({ client, pageParam, signal }) => {
      const criteria = await findCriteria(client, filter)
      const request = { criteria, sort, after: pageParam, page_size: PAGE_SIZE, with_total: pageParam === undefined }
      return post('/rest/v1/rpc/search_accounts', request, accountPage, { signal })
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })

const facets = z.array(z.extend(figures, { value: z.enum(BANDS) }))

export type ByLevel = Record<LevelFilter, Figures>

/** Accounts and ARR of each part of the chart of health. */
export const levelsQuery = (filter: Filter) =>
  queryOptions({
    queryKey: [...ACCOUNTS, 'levels', filter],
    queryFn: async ({ client, signal }): Promise<ByLevel> => {
      // of all accounts where nothing is asked: this argument must be given
      const request = { criteria: (await findCriteria(client, filter)) ?? { all: [] }, field: 'health_band' }
      const found = await post('/rest/v1/rpc/count_facets', request, facets, { signal })
      const of = (level: LevelFilter) => found.find(({ value }) => value === bandOf[level]) ?? { accounts: 0, arr: 0 }
      return { Healthy: of('Healthy'), 'At Risk': of('At Risk'), Critical: of('Critical'), none: of('none'), uncertain: of('uncertain'), paused: of('paused') }
    },
  })

const stages = z.array(z.object({ id: z.string(), name: z.string() }))
const people = z.array(z.object({ user_id: z.string(), full_name: z.string() }))

export const namesQuery = queryOptions({
  queryKey: [...ACCOUNTS, 'names'],
  queryFn: async ({ signal }): Promise<Names> => {
    const [named, known] = await Promise.all([
      get('/rest/v1/journey_stages?select=id,name', stages, signal),
      get('/rest/v1/profiles?select=user_id,full_name', people, signal),
    ])
    return { stages: named, people: known.map(({ user_id, full_name }) => ({ id: user_id, name: full_name })) }
  },
  staleTime: 300_000,
})

// names are looked up only where a text could be one
async function findCriteria(client: QueryClient, filter: Filter): Promise<Criteria | undefined> {
  const names = words(filter.q).length > 0 ? await client.fetchQuery(namesQuery) : { stages: [], people: [] }
  return criteriaOf(filter, names)
}
