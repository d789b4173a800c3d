// Where playbooks send to, and which receivers are left alone at present.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { ADMIN } from '../api'
import { hostsOf, type Receiver } from './hosts'

const playbook = z.object({ name: z.string(), webhook_url: z.nullable(z.string()), actions: z.unknown() })
const breaker = z.object({ host: z.string(), opened_at: z.string(), probe_at: z.string(), failures: z.number(), last_error: z.nullable(z.string()) })
export type Breaker = z.infer<typeof breaker>

export const receiversQuery = queryOptions({
  queryKey: [...ADMIN, 'receivers'],
  queryFn: async ({ signal }): Promise<(Receiver & { breaker: Breaker | undefined })[]> => {
    const [playbooks, breakers] = await Promise.all([
      get('/rest/v1/playbooks?select=name,webhook_url,actions&deleted_at=is.null&order=name', z.array(playbook), signal),
      get('/rest/v1/webhook_breakers?select=host,opened_at,probe_at,failures,last_error', z.array(breaker), signal),
    ])
    return hostsOf(playbooks).map((one) => ({ ...one, breaker: breakers.find(({ host }) => host === one.host) }))
  },
})

/** Receivers on private addresses or without TLS that the server allows. */
export const allowedHostsQuery = queryOptions({
  queryKey: [...ADMIN, 'allowed hosts'],
  queryFn: async ({ signal }) => (await post('/rest/v1/rpc/webhook_allowed_hosts', {}, z.nullable(z.array(z.string())), { signal })) ?? [],
})
