// What goes with an account, and its deletion.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { count, post } from '@/lib/api'

/** How much is known of an account, and how many stand below it. */
export const belongingsQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id, 'belongings'],
    queryFn: async ({ signal }) => {
      const of = (table: string, column = 'account_id') => count(`/rest/v1/${table}?select=id&${column}=eq.${id}`, signal)
      const [contacts, activities, usage, scores, children] = await Promise.all([of('contacts'), of('activities'), of('usage_metrics'), of('health_scores'), of('accounts', 'parent_id')])
      return { contacts, activities, usage, scores, children }
    },
    staleTime: 0,
    gcTime: 0,
  })
export type Belongings = { contacts: number; activities: number; usage: number; scores: number; children: number }

export const deleteAccount = (account_id: string, reason: string) => post('/rest/v1/rpc/delete_account', { account_id, reason }, z.unknown())
