// What playbooks did with one account, and what held them back.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { actionSchema } from '@/components/playbook/playbook-api'
import { get } from '@/lib/api'
import { ACCOUNT } from '../api'

const number = z.nullable(z.number())
const text = z.nullable(z.string())

const run = z.object({
  id: z.string(), executed_at: z.string(), playbook_id: z.string(), playbook_name: z.string(), playbook_version: number, event_kind: text, result: z.string(), reason: text,
  actions: z.catch(z.nullable(z.array(actionSchema)), null), webhook_id: text, delivery_status: text, delivery_waits_because: text, delivery_attempts: number, response_status: number,
  delivery_error: text, is_open: z.boolean(),
})
export type Run = z.infer<typeof run>

export const runsQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACCOUNT, id, 'runs'],
    queryFn: ({ signal }) =>
      get(
        `/rest/v1/execution_log?select=id,executed_at,playbook_id,playbook_name,playbook_version,event_kind,result,reason,actions,webhook_id,delivery_status,delivery_waits_because,delivery_attempts,response_status,delivery_error,is_open&account_id=eq.${id}&order=executed_at.desc,id.desc&limit=100`,
        z.array(run),
        signal,
      ),
    retry: false,
    staleTime: 10_000,
  })
