// What the builder asks while a playbook is made: whom it would hit now and in the past, on what account, and saving it.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import type { Criteria } from '@/lib/criteria'
import { AUTOMATION } from '../api'
import { playbookSchema, type AwaitedEvent } from '../playbook-types'
import type { Saved } from './draft'

const number = z.nullable(z.number())
const text = z.nullable(z.string())
const BACKTEST_MS = 60_000

const explained = z.object({ path: z.string(), field: text, found: text, holds: z.boolean() })
const found = z.object({ rows: z.array(z.object({ id: z.string(), name: z.string() })) })
export type Ticked = { id: string; name: string; leaves: { found: string | null; holds: boolean }[] }

/** What each condition found on these accounts, and on the largest that fail only one. */
export const ticksQuery = (accounts: { id: string; name: string }[], criteria: Criteria, near: Criteria | undefined, most: number) =>
  queryOptions({
    queryKey: [...AUTOMATION, 'ticks', accounts.map((one) => one.id), criteria, near],
    queryFn: async ({ signal }) => {
      const close = near ? (await post('/rest/v1/rpc/search_accounts', { criteria: near, sort: 'arr.desc', page_size: most, with_total: false }, found, { signal })).rows : []
      const tick = async ({ id, name }: { id: string; name: string }): Promise<Ticked> => {
        const rows = await post('/rest/v1/rpc/explain_criteria', { account_id: id, criteria }, z.array(explained), { signal })
        return { id, name, leaves: rows.filter((row) => row.field !== null) }
      }
      const [hits, nearly] = await Promise.all([Promise.all(accounts.map(tick)), Promise.all(close.map(tick))])
      return { hits, nearly }
    },
    retry: false,
    staleTime: 10_000,
  })

const firing = z.object({ at: z.string(), account_id: z.string(), account_name: z.string(), result: z.string(), event: z.looseObject({ doubts: z.optional(z.unknown()) }) })
export type Firing = z.infer<typeof firing>
export type Limits = { cooldown_minutes: number; max_executions_per_day: number | null }

/** Of a long past it takes a while; it is given up when what was asked changes. */
export const backtestQuery = (event: AwaitedEvent, when: Criteria | undefined, limits: Limits, days: number) =>
  queryOptions({
    queryKey: [...AUTOMATION, 'backtest', event, when, limits, days],
    queryFn: ({ signal }) => post('/rest/v1/rpc/backtest_playbook', { criteria: when ?? null, event, limits, days }, z.array(firing), { signal, timeout: BACKTEST_MS }),
    retry: false,
    staleTime: 30_000,
  })

const saved = z.extend(playbookSchema, { warnings: z.catch(z.array(z.string()), []) })
export type SavedPlaybook = z.infer<typeof saved>
export const savePlaybook = (playbook: Saved & { id?: string; webhook_secret?: string }, expected_version: number | null) => post('/rest/v1/rpc/save_playbook', { playbook, expected_version }, saved)

/** What the last save warned of: kept here, since a new playbook gets another address by it. */
export const warningsQuery = (id: string) => queryOptions<string[]>({ queryKey: ['warnings', id], queryFn: () => [], enabled: false, staleTime: Infinity })

const secret = z.string()
export const rotateSecret = (playbook_id: string) => post('/rest/v1/rpc/rotate_webhook_secret', { playbook_id }, secret)
export const setSecret = (id: string, webhook_secret: string) => post('/rest/v1/rpc/save_playbook', { playbook: { id, webhook_secret }, expected_version: null }, saved)

const version = z.object({ version: z.number(), saved_at: z.string(), saved_by: text, definition: z.looseObject({}) })
/** Who saved it, and what it was: the newest first. */
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...AUTOMATION, 'versions', id],
    queryFn: ({ signal }) => get(`/rest/v1/playbook_versions?select=version,saved_at,saved_by,definition&playbook_id=eq.${id}&order=version.desc&limit=50`, z.array(version), signal),
    retry: false,
    staleTime: 5_000,
  })

const milestone = z.object({ id: z.string(), title: z.string() })
export const milestonesQuery = queryOptions({
  queryKey: [...AUTOMATION, 'milestones'],
  queryFn: ({ signal }) => get('/rest/v1/stage_milestones?select=id,title&is_active=is.true&order=title&limit=500', z.array(milestone), signal),
  staleTime: 60_000,
})

const test = z.object({ webhook_ids: z.array(z.string()), payload: z.unknown() })
export const sendTest = (playbook_id: string, account_id: string) => post('/rest/v1/rpc/send_test_webhook', { playbook_id, account_id }, test)

const arrived = z.object({ id: z.string(), channel: z.string(), host: z.string(), status: z.string(), waits_because: text, response_status: number, response_body: text, last_error: text, duration_ms: number })
export type TestDelivery = z.infer<typeof arrived>

/** Asked again until all have arrived or were given up. */
export const testQuery = (ids: string[]) =>
  queryOptions({
    queryKey: [...AUTOMATION, 'test', ids],
    queryFn: ({ signal }) => get(`/rest/v1/webhook_deliveries?select=id,channel,host,status,waits_because,response_status,response_body,last_error,duration_ms&id=in.(${ids.join(',')})`, z.array(arrived), signal),
    refetchInterval: ({ state }) => (state.data?.every((one) => one.status === 'completed' || one.status === 'failed') ? false : 800),
    retry: false,
  })
