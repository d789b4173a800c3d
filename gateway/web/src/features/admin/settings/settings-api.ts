// The tenant's name and settings, as they can be edited.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { ADMIN } from '../api'

const settings = z.object({
  currency: z.catch(z.optional(z.string()), undefined),
  time_zone: z.catch(z.optional(z.string()), undefined),
  high_value_arr: z.catch(z.optional(z.number()), undefined),
  parent_arr_includes_children: z.catch(z.optional(z.boolean()), undefined),
})
const tenant = z.object({ name: z.string(), slug: z.string(), settings })

export type TenantSettings = { name: string; currency: string; time_zone: string; high_value_arr: number; parent_arr_includes_children: boolean }
/** What holds where nothing is set. */
export const STANDARD = { currency: 'USD', time_zone: 'UTC', high_value_arr: 50_000, parent_arr_includes_children: false }

export const tenantQuery = queryOptions({
  queryKey: [...ADMIN, 'tenant'],
  queryFn: async ({ signal }): Promise<TenantSettings> => {
    const [one] = await get('/rest/v1/tenants?select=name,slug,settings&limit=1', z.array(tenant), signal)
    const given = Object.fromEntries(Object.entries(one!.settings).filter(([, value]) => value !== undefined))
    return { name: one!.name, ...STANDARD, ...given }
  },
})

type Patch = { name?: string; settings?: Partial<Omit<TenantSettings, 'name'>> }
export const updateTenant = (patch: Patch) => post('/rest/v1/rpc/update_tenant', { patch }, z.unknown())
