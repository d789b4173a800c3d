// Playbooks as several pages need them: their names, why one ran or did not for an account, a run by hand, a delivery sent again.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'

const text = z.nullable(z.string())

export const actionSchema = z.looseObject({ kind: z.string(), result: z.optional(z.nullable(z.string())) })
export type Done = z.infer<typeof actionSchema>

const playbook = z.object({ id: z.string(), name: z.string(), description: text, state: z.string(), event_kind: text, problem: text })
export type Playbook = z.infer<typeof playbook>

export const playbooksQuery = queryOptions({
  queryKey: ['playbooks', 'names'],
  queryFn: ({ signal }) => get('/rest/v1/playbook_overview?select=id,name,description,state,event_kind,problem&order=name&limit=500', z.array(playbook), signal),
  staleTime: 60_000,
})

const why = z.object({ step: z.number(), what: z.string(), wanted: text, value: text, passed: z.nullable(z.boolean()), note: text })
export type Why = z.infer<typeof why>

export const whyQuery = (account_id: string, playbook_id: string) =>
  queryOptions({
    queryKey: ['account', account_id, 'why', playbook_id],
    queryFn: ({ signal }) => post('/rest/v1/rpc/explain_playbook', { playbook_id, account_id }, z.array(why), { signal }),
    retry: false,
    staleTime: 10_000,
  })

const outcome = z.object({
  result: text, dry_run: z.boolean(), reason: z.optional(text), execution_id: z.optional(text), payload: z.optional(z.unknown()),
  actions: z.catch(z.optional(z.array(actionSchema)), undefined),
})
export type Outcome = z.infer<typeof outcome>

export const runPlaybook = (playbook_id: string, account_id: string, dry_run: boolean) => post('/rest/v1/rpc/run_playbook', { playbook_id, account_id, dry_run }, outcome)

const retried = z.object({ retried: z.number(), under_way: z.number() })
export type RetryMode = 'as_sent' | 'rebuilt'
export const retryDeliveries = (ids: string[], mode: RetryMode = 'as_sent') => post('/rest/v1/rpc/retry_webhook', { ids, mode }, retried)
