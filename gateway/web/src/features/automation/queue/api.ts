// Deliveries as the server keeps them, how many are in each state, and what people do to them.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import type { RetryMode } from '@/components/playbook/playbook-api'
import { count, get, post } from '@/lib/api'
import { AUTOMATION } from '../api'
import { QUEUE_TABS, type AutomationSearch } from '../search'

const number = z.nullable(z.number())
const text = z.nullable(z.string())

export const STATUSES = ['pending', 'processing', 'failed', 'completed'] as const
export type Status = (typeof STATUSES)[number]

const delivery = z.object({
  id: z.string(), playbook_id: text, playbook_name: text, account_id: text, account_name: text, channel: z.string(), host: z.string(), status: z.enum(STATUSES), waits_for: text, waits_because: text,
  attempts: z.number(), max_attempts: number, next_try_at: text, response_status: number, last_error: text, duration_ms: number, is_test: z.boolean(), action: z.number(), created_at: z.string(), processed_at: text,
})
export type Delivery = z.infer<typeof delivery>
const COLUMNS = Object.keys(delivery.shape).join(',')

const attempt = z.object({ attempt: z.number(), tried_at: text, response_status: number, response_body: text, error: text, duration_ms: number })
export type Attempt = z.infer<typeof attempt>
const whole = z.extend(delivery, { event_type: text, payload: z.catch(z.unknown(), null), tries: z.array(attempt) })
export type WholeDelivery = z.infer<typeof whole>

const owned = ({ playbook, account }: AutomationSearch) => [playbook && `&playbook_id=eq.${playbook}`, account && `&account_id=eq.${account}`].filter(Boolean).join('')

/** What needs attention first: by state, then the newest. */
export const deliveriesQuery = (search: AutomationSearch, most: number) =>
  queryOptions({
    queryKey: [...AUTOMATION, 'deliveries', search.status, search.playbook, search.account, most],
    queryFn: ({ signal }) => {
      const status = search.status && search.status !== 'all' ? `&status=eq.${search.status}` : ''
      return get(`/rest/v1/webhook_deliveries?select=${COLUMNS}${status}${owned(search)}&order=${status ? '' : 'status.desc,'}created_at.desc,id.desc&limit=${most}`, z.array(delivery), signal)
    },
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 3_000,
  })

export const countsQuery = (search: AutomationSearch) =>
  queryOptions({
    queryKey: [...AUTOMATION, 'counts', search.playbook, search.account],
    queryFn: async ({ signal }) => {
      const each = await Promise.all(STATUSES.map((status) => count(`/rest/v1/webhook_queue?select=id&status=eq.${status}${owned(search)}`, signal)))
      const all = each.reduce((sum, one) => sum + one, 0)
      return Object.fromEntries(QUEUE_TABS.map((tab) => [tab, tab === 'all' ? all : (each[STATUSES.indexOf(tab)] ?? 0)])) as Record<(typeof QUEUE_TABS)[number], number>
    },
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 3_000,
  })

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: [...AUTOMATION, 'delivery', id],
    queryFn: async ({ signal }) => (await get(`/rest/v1/webhook_deliveries?select=${COLUMNS},event_type,payload,tries&id=eq.${id}`, z.array(whole), signal))[0] ?? null,
    retry: false,
    staleTime: 3_000,
  })

/** All that failed, of one playbook or one account where those are chosen. */
export type Chosen = { status: 'failed' | 'pending'; playbook_id?: string; account_id?: string }
const many = z.object({ retried: z.number(), left: z.number(), of_idle_playbooks: z.number() })
export const retryAll = (criteria: Chosen, mode: RetryMode) => post('/rest/v1/rpc/retry_webhooks', { criteria, mode }, many)
const cancelled = z.object({ cancelled: z.number(), over: z.number() })
export const cancelDeliveries = (ids: string[]) => post('/rest/v1/rpc/cancel_webhook', { ids }, cancelled)
const cancelledMany = z.object({ cancelled: z.number(), left: z.number() })
export const cancelAll = (criteria: Chosen) => post('/rest/v1/rpc/cancel_webhooks', { criteria }, cancelledMany)
