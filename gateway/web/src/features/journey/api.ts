// The board as the server gives it: the only place here that knows its functions and views.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import type { Criteria } from '@/lib/criteria'
import { LEVELS } from '@/lib/levels'
import type { Period, Sort } from './search'

/** All of these queries begin with this key. */
export const BOARD = ['board'] as const
/** The topics of live events that change what the board shows. */
export const BOARD_TOPICS = ['journey', 'accounts', 'health', 'stages', 'people', 'revenue']

/** How many cards a column shows at first, and how many more at a press. */
export const PAGE = 50
const LARGEST_PAGE = 500

const number = z.nullable(z.number())
const text = z.nullable(z.string())

const card = z.object({
  id: z.string(), name: z.string(), parent_name: text, arr: number, overall_score: number, risk_level: z.nullable(z.enum(LEVELS)), confidence: text, score_change_30d: number,
  days_in_stage: number, over_by_days: number, stage_state: z.nullable(z.enum(['on_track', 'behind', 'stuck'])), milestones_done: z.number(), milestones_total: z.number(),
  /** required ones that are open, by title */
  open_required: z.array(z.string()),
  days_to_renewal: number, csm_id: text, csm_name: text, since: z.string(), history_id: z.string(),
})
export type Card = z.infer<typeof card>

const column = z.object({
  stage_id: z.string(), stage: z.string(), color_hex: text, is_side: z.boolean(), is_end: z.boolean(), wip_limit: number, target_duration_days: number,
  count: z.number(), arr: z.number(), median_days: number, overdue: z.number(), cards: z.array(card), next: text,
})
export type Column = z.infer<typeof column>

const board = z.object({ columns: z.array(column) })

export const boardQuery = (criteria: Criteria | undefined, sort: Sort, per_column = PAGE) =>
  queryOptions({
    queryKey: [...BOARD, 'columns', criteria, sort, per_column],
    queryFn: async ({ signal }) => (await post('/rest/v1/rpc/board', { criteria, sort, per_column }, board, { signal })).columns,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  })

const page = z.object({ cards: z.array(card), next: text })

/** The first cards of one column, more than the board itself brings. */
export const cardsQuery = (stage_id: string, criteria: Criteria | undefined, sort: Sort, wanted: number) =>
  queryOptions({
    queryKey: [...BOARD, 'cards', stage_id, criteria, sort, wanted],
    queryFn: async ({ signal }) => {
      const cards: Card[] = []
      for (let after: string | null = null; ; ) {
        const page_size = Math.min(LARGEST_PAGE, wanted - cards.length)
        const found: z.infer<typeof page> = await post('/rest/v1/rpc/board_cards', { stage_id, criteria, sort, after, page_size }, page, { signal })
        cards.push(...found.cards)
        if (found.next === null || cards.length >= wanted) return { cards, next: found.next }
        after = found.next
      }
    },
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  })

/** Who moved accounts to where they are, by the row of the history. */
export const readMovers = (history: string[]) =>
  get(`/rest/v1/journey_history?select=account_id,to_stage,triggered_by&id=in.(${history.join()})`, z.array(z.object({ account_id: z.string(), to_stage: z.string(), triggered_by: text })))

const velocity = z.object({
  stage_id: z.string(), stage: z.string(), target_duration_days: number, entered: z.number(), completed: z.number(), mean_days: number, median_days: number, p90_days: number,
  open_now: z.number(), open_mean_days: number, over_target: number, conversion: number,
})
export type Velocity = z.infer<typeof velocity>

const COLUMNS = Object.keys(velocity.shape).join()
const DAYS = { '90d': 90, '12m': 365 }

/** How fast accounts passed each stage. */
export const velocityQuery = (criteria: Criteria | undefined, period: Period) =>
  queryOptions({
    queryKey: [...BOARD, 'velocity', criteria, period],
    queryFn: ({ signal }) => {
      if (period === 'all' && criteria === undefined) return get(`/rest/v1/stage_velocity?select=${COLUMNS}&order=display_order`, z.array(velocity), signal)
      const since = period === 'all' ? '-infinity' : new Date(Date.now() - DAYS[period] * 86_400_000).toISOString()
      return post(`/rest/v1/rpc/velocity_between?select=${COLUMNS}&order=display_order`, { since, until: 'infinity', criteria }, z.array(velocity), { signal })
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
