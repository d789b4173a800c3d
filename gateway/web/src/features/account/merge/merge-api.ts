// Makes two accounts one: first as a rehearsal that takes everything back.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { namings } from '@/components/naming/named-by-api'
import { post } from '@/lib/api'

const merged = z.object({
  usage: z.number(), health_scores: z.number(), health_overrides: z.number(), journey: z.number(), contacts: z.object({ moved: z.number(), joined: z.number() }), activities: z.number(), tasks: z.number(),
  members: z.number(), milestones: z.number(), arr_history: z.number(), runs: z.number(), deliveries: z.number(), saved_views: z.number(), children: z.number(),
  /** csm_id, external_id or crm_attributes.<key> */
  attributes: z.array(z.string()),
  /** where the account that stays stood below the other one */
  parent: z.nullable(z.string()),
  named_by: namings,
})
export type Merged = z.infer<typeof merged>

const LONG_MS = 120_000
const call = (keep: string, other: string, dry_run: boolean, signal?: AbortSignal) => post('/rest/v1/rpc/merge_accounts', { keep, merged: other, dry_run }, merged, { signal, timeout: LONG_MS })

export const mergeAccounts = (keep: string, other: string) => call(keep, other, false)

export const rehearsalQuery = (keep: string, other: string | undefined) =>
  queryOptions({
    queryKey: ['merge', keep, other],
    queryFn: ({ signal }) => call(keep, other!, true, signal),
    enabled: other !== undefined,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
