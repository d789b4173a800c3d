// Playbooks as the server has them: the list with its figures, templates, switching on and off, bursts, and how automation is doing.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { count, get, post } from '@/lib/api'
import { actionSchema, playbookSchema, triggerSchema } from './playbook-types'

/** All queries of automation begin with this key. */
export const AUTOMATION = ['automation'] as const
export const TOPICS = ['playbooks', 'runs', 'webhooks', 'accounts']

const DAY = 86_400_000
const MOST_RUNS = 5_000

export const playbooksQuery = queryOptions({
  queryKey: [...AUTOMATION, 'playbooks'],
  queryFn: ({ signal }) => get('/rest/v1/playbook_overview?order=name&limit=500', z.array(playbookSchema), signal),
  retry: false,
  staleTime: 5_000,
})

export const playbookQuery = (id: string) =>
  queryOptions({
    queryKey: [...AUTOMATION, 'playbook', id],
    queryFn: async ({ signal }) => (await get(`/rest/v1/playbook_overview?id=eq.${id}`, z.array(playbookSchema), signal))[0] ?? null,
    retry: false,
    staleTime: 5_000,
  })

const run = z.object({ playbook_id: z.string(), executed_at: z.string() })
export type RecentRun = z.infer<typeof run>

/** The runs of a week, as far as a page can hold them. */
export const recentRunsQuery = queryOptions({
  queryKey: [...AUTOMATION, 'recent'],
  queryFn: async ({ signal }) => {
    const since = encodeURIComponent(new Date(Date.now() - 7 * DAY).toISOString())
    const runs = await get(`/rest/v1/playbook_executions?select=playbook_id,executed_at&executed_at=gt.${since}&result=in.(fired,failed)&order=executed_at.desc&limit=${MOST_RUNS}`, z.array(run), signal)
    return { runs, isWhole: runs.length < MOST_RUNS }
  },
  retry: false,
  staleTime: 5_000,
})

const template = z.object({ key: z.string(), name: z.string(), description: z.string(), trigger_criteria: triggerSchema, actions: z.array(actionSchema), cooldown_minutes: z.number() })
export type Template = z.infer<typeof template>

export const templatesQuery = queryOptions({
  queryKey: [...AUTOMATION, 'templates'],
  queryFn: ({ signal }) => get('/rest/v1/playbook_templates?select=key,name,description,trigger_criteria,actions,cooldown_minutes&order=display_order', z.array(template), signal),
  staleTime: Infinity,
})

/** How many runs there are; of a big table, a moment's work, so it is kept a while. */
export const runCountQuery = queryOptions({
  queryKey: [...AUTOMATION, 'runCount'],
  queryFn: ({ signal }) => count('/rest/v1/playbook_executions?select=id', signal),
  retry: false,
  staleTime: 60_000,
})

/** Customers that are not lost: what a share of the portfolio is a share of. */
export const portfolioQuery = queryOptions({
  queryKey: [...AUTOMATION, 'portfolio'],
  queryFn: ({ signal }) => count('/rest/v1/accounts?select=id&status=neq.Churned', signal),
  retry: false,
  staleTime: 60_000,
})

const activated = z.extend(playbookSchema, { results: z.record(z.string(), z.number()), dropped: z.number() })
export type Activation = { id: string; scope: 'new' | 'present'; queued: 'send' | 'drop' }
export const activatePlaybook = ({ id, scope, queued }: Activation) => post('/rest/v1/rpc/activate_playbook', { playbook_id: id, scope, queued }, activated)
export const pausePlaybook = (playbook_id: string) => post('/rest/v1/rpc/pause_playbook', { playbook_id }, playbookSchema)
export const pauseAll = () => post('/rest/v1/rpc/pause_all_playbooks', {}, z.number())
export const deletePlaybook = (playbook_id: string) => post('/rest/v1/rpc/delete_playbook', { playbook_id }, z.unknown())

const burst = z.object({ id: z.string(), playbook_id: z.string(), account_ids: z.array(z.string()), created_at: z.string() })
export type Burst = z.infer<typeof burst>

export const burstsQuery = queryOptions({
  queryKey: [...AUTOMATION, 'bursts'],
  queryFn: ({ signal }) => get('/rest/v1/playbook_bursts?select=id,playbook_id,account_ids,created_at&ended_at=is.null&order=created_at', z.array(burst), signal),
  retry: false,
  staleTime: 5_000,
})
const released = z.object({ released: z.number(), left: z.number(), results: z.record(z.string(), z.number()) })
export const releaseBurst = (burst_id: string, at_most: number | null) => post('/rest/v1/rpc/release_burst', { burst_id, at_most }, released)
export const dropBurst = (burst_id: string) => post('/rest/v1/rpc/drop_burst', { burst_id }, z.number())

const number = z.nullable(z.number())
const breaker = z.object({ host: z.string(), opened_at: z.nullable(z.string()), probe_at: z.nullable(z.string()), failures: z.number(), last_error: z.nullable(z.string()) })
const health = z.object({
  problem: z.nullable(z.string()), worker_is_running: z.boolean(), worker_beat_at: z.nullable(z.string()), pending: z.number(), processing: z.number(), due: z.number(),
  oldest_due_seconds: number, completed_day: z.number(), failed_day: z.number(), failed_percent_day: number, breakers: z.catch(z.nullable(z.array(breaker)), null), dead_letters: z.number(),
})
export type AutomationHealth = z.infer<typeof health>

/** Asked again by itself: a worker that is silent says nothing. */
export const healthQuery = queryOptions({
  queryKey: [...AUTOMATION, 'health'],
  queryFn: async ({ signal }) => (await get('/rest/v1/automation_health?limit=1', z.array(health), signal))[0] ?? null,
  retry: false,
  staleTime: 3_000,
  refetchInterval: 15_000,
})
