// The account list as the server gives it: the only place here that knows its functions, tables and columns.
import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import type { Criteria } from '@/lib/criteria'
import { LEVELS } from '@/lib/levels'
import { allNames } from '@/lib/names'
import { criteriaOf, STATUSES, words, type Filter } from '@/lib/account-filter'

/** The first pages come quickly; who scrolls far gets larger ones. */
export const PAGE_SIZE = 200
const LARGE_PAGE = 1_000
const SMALL_PAGES = 3

/** All of these queries begin with this key. */
export const ACCOUNTS = ['accounts'] as const

/** The topics of live events that change what the list shows. */
export const TOPICS = ['accounts', 'health', 'journey', 'revenue', 'stages', 'people', 'fields']

const score = z.nullable(z.number())

const account = z.object({
  id: z.string(),
  name: z.string(),
  external_id: z.nullable(z.string()),
  parent_id: z.nullable(z.string()),
  parent_name: z.nullable(z.string()),
  hierarchy_level: z.number(),
  hierarchy_path: z.string(),
  current_stage: z.nullable(z.string()),
  stage_color: z.nullable(z.string()),
  days_in_stage: z.nullable(z.number()),
  stage_state: z.nullable(z.enum(['on_track', 'behind', 'stuck'])),
  status: z.enum(STATUSES),
  arr: z.nullable(z.number()),
  contract_end_date: z.nullable(z.string()),
  days_to_renewal: z.nullable(z.number()),
  industry: z.nullable(z.string()),
  csm_id: z.nullable(z.string()),
  csm_name: z.nullable(z.string()),
  overall_score: score,
  score_change_30d: score,
  risk_level: z.nullable(z.enum(LEVELS)),
  confidence: z.nullable(z.enum(['high', 'medium', 'low'])),
  usage_score: score,
  engagement_score: score,
  support_score: score,
  adoption_score: score,
  last_touch_at: z.nullable(z.string()),
  open_runs: z.number(),
  crm_attributes: z.record(z.string(), z.unknown()),
  version: z.number(),
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
  /** what the criteria name that is gone, and what to do */
  problem: z.catch(z.nullable(z.string()), null),
})

type Place = { after?: string; size: number }

export const accountsQuery = (filter: Filter, sort: string) =>
  infiniteQueryOptions({
    queryKey: [...ACCOUNTS, 'list', filter, sort],
    queryFn: async ({ client, pageParam: { after, size }, signal }) => {
      const criteria = await findCriteria(client, filter)
      const request = { criteria, sort, after, page_size: size, with_total: after === undefined }
      return post('/rest/v1/rpc/search_accounts', request, accountPage, { signal })
    },
    initialPageParam: { size: PAGE_SIZE } as Place,
    getNextPageParam: ({ next }, pages): Place | undefined => (next === null ? undefined : { after: next, size: pages.length < SMALL_PAGES ? PAGE_SIZE : LARGE_PAGE }),
  })

/** How many accounts a view has, what they are worth, and what is wrong with its criteria. */
export const summaryQuery = (criteria: Criteria | undefined) =>
  queryOptions({
    queryKey: [...ACCOUNTS, 'summary', criteria],
    queryFn: async ({ signal }) => {
      const { summary: found, problem } = await post('/rest/v1/rpc/search_accounts', { criteria, page_size: 1, with_total: true }, accountPage, { signal })
      return found && { ...found, problem }
    },
    staleTime: 60_000,
  })

/** Every account of a list, in its order: for files and for changes of many. */
export async function readAll(criteria: Criteria | undefined, sort: string, onRows?: (read: number) => void, signal?: AbortSignal) {
  const rows: Account[] = []
  for (let after: string | undefined; ; ) {
    const page = await post('/rest/v1/rpc/search_accounts', { criteria, sort, after, page_size: LARGE_PAGE, with_total: false }, accountPage, { signal })
    rows.push(...page.rows)
    onRows?.(rows.length)
    if (page.next === null) return rows
    after = page.next
  }
}

// names are looked up only where a text could be one
export async function findCriteria(client: QueryClient, filter: Filter): Promise<Criteria | undefined> {
  const names = words(filter.q).length > 0 ? await allNames(client) : { stages: [], people: [] }
  return criteriaOf(filter, names)
}

const family = z.object({
  id: z.string(),
  children: z.number(),
  descendants: z.number(),
  family_arr: z.number(),
  family_score: score,
  family_worst_score: score,
  family_critical: z.number(),
  family_arr_at_risk: z.number(),
  family_earliest_renewal: z.nullable(z.string()),
})
export type Family = z.infer<typeof family>
const FAMILY_PAGE = 5_000

/** The totals of every account that has others below it. */
export const familiesQuery = queryOptions({
  queryKey: [...ACCOUNTS, 'families'],
  queryFn: async ({ signal }) => {
    const found = new Map<string, Family>()
    for (let offset = 0; ; offset += FAMILY_PAGE) {
      const columns = Object.keys(family.shape).join(',')
      const rows = await get(`/rest/v1/account_tree?select=${columns}&children=gt.0&order=path&limit=${FAMILY_PAGE}&offset=${offset}`, z.array(family), signal)
      rows.forEach((row) => found.set(row.id, row))
      if (rows.length < FAMILY_PAGE) return found
    }
  },
  staleTime: 30_000,
})

/** Some accounts by id: those above a match that do not match themselves. */
export const accountsById = (ids: string[], signal?: AbortSignal) =>
  post('/rest/v1/rpc/search_accounts', { criteria: { field: 'id', op: 'in', value: ids }, sort: 'tree', page_size: LARGE_PAGE, with_total: false }, accountPage, { signal })
