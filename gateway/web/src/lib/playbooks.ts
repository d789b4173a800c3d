// The playbooks there are, and running one by hand for an account.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from './api'

const text = z.nullable(z.string())
const playbook = z.object({ id: z.string(), name: z.string(), description: text, state: z.string(), event_kind: text, problem: text })
export type Playbook = z.infer<typeof playbook>

export const playbooksQuery = queryOptions({
  queryKey: ['playbooks'],
  queryFn: ({ signal }) => get('/rest/v1/playbook_overview?select=id,name,description,state,event_kind,problem&order=name&limit=500', z.array(playbook), signal),
  staleTime: 60_000,
})

export const playbookAction = z.looseObject({ kind: z.string(), result: z.optional(text) })

const outcome = z.object({
  /** null: its conditions do not hold */
  result: text,
  dry_run: z.boolean(),
  reason: z.optional(text),
  execution_id: z.optional(text),
  payload: z.optional(z.unknown()),
  actions: z.catch(z.optional(z.array(playbookAction)), undefined),
})
export type Outcome = z.infer<typeof outcome>

export const runPlaybook = (playbook_id: string, account_id: string, dry_run: boolean) => post('/rest/v1/rpc/run_playbook', { playbook_id, account_id, dry_run }, outcome)
