// Runs as the server keeps them: what matched, what held it back or what it did, and what became of its delivery.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { actionSchema } from '@/components/playbook/playbook-api'
import { get } from '@/lib/api'
import { AUTOMATION } from '../api'
import type { AutomationSearch } from '../search'

const number = z.nullable(z.number())
const text = z.nullable(z.string())

const run = z.object({
  id: z.string(), executed_at: z.string(), playbook_id: z.string(), playbook_name: z.string(), playbook_version: number, account_id: text, account_name: text, event_kind: text, result: z.string(), reason: text,
  actions: z.catch(z.nullable(z.array(actionSchema)), null), webhook_id: text, delivery_status: text, delivery_waits_because: text, delivery_attempts: number, response_status: number, delivery_error: text, delivery_ms: number, is_open: z.boolean(),
})
export type Run = z.infer<typeof run>
const COLUMNS = Object.keys(run.shape).join(',')

const detail = z.object({ event: z.record(z.string(), z.unknown()), payload: z.catch(z.unknown(), null), chain: number })

const held = 'not.in.(fired,failed)'
function filter({ playbook, account, result }: AutomationSearch) {
  const by = result === 'ran' ? 'in.(fired,failed)' : result === 'held' ? held : result && `eq.${result}`
  return [playbook && `&playbook_id=eq.${playbook}`, account && `&account_id=eq.${account}`, by && `&result=${by}`].filter(Boolean).join('')
}

export const runsQuery = (search: AutomationSearch, most: number) =>
  queryOptions({
    queryKey: [...AUTOMATION, 'runs', search.playbook, search.account, search.result, most],
    queryFn: ({ signal }) => get(`/rest/v1/execution_log?select=${COLUMNS}${filter(search)}&order=executed_at.desc,id.desc&limit=${most}`, z.array(run), signal),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 5_000,
  })

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [...AUTOMATION, 'run', id],
    queryFn: async ({ signal }) => (await get(`/rest/v1/execution_log?select=${COLUMNS},event,payload,chain&id=eq.${id}`, z.array(z.extend(run, detail.shape)), signal))[0] ?? null,
    retry: false,
    staleTime: 5_000,
  })
