// What the builder and lists need beside their rows: stages, people, fields, and how often each value of a field occurs.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import type { Criteria } from '@/lib/criteria'
import type { Facet, FieldInfo } from './field-types'

const stages = z.array(z.object({ id: z.string(), name: z.string(), color_hex: z.nullable(z.string()), target_duration_days: z.nullable(z.number()), is_active: z.boolean(), is_end: z.boolean() }))
const people = z.array(z.object({ user_id: z.string(), full_name: z.string(), is_active: z.boolean() }))

export type StageName = { id: string; name: string; color: string | null; target: number | null; isActive: boolean; isEnd: boolean }
export type PersonName = { id: string; name: string; isActive: boolean }
export type AllNames = { stages: StageName[]; people: PersonName[] }

export const namesQuery = queryOptions({
  queryKey: ['accounts', 'names'],
  queryFn: async ({ signal }): Promise<AllNames> => {
    const [named, known] = await Promise.all([
      get('/rest/v1/journey_stages?select=id,name,color_hex,target_duration_days,is_active,is_end&order=display_order', stages, signal),
      get('/rest/v1/profiles?select=user_id,full_name,is_active&order=full_name', people, signal),
    ])
    return {
      stages: named.map((one) => ({ id: one.id, name: one.name, color: one.color_hex, target: one.target_duration_days, isActive: one.is_active, isEnd: one.is_end })),
      people: known.map((one) => ({ id: one.user_id, name: one.full_name, isActive: one.is_active })),
    }
  },
  staleTime: 300_000,
})

const field = z.object({
  field: z.string(),
  label: z.string(),
  type: z.string(),
  operators: z.array(z.string()),
  choices: z.nullable(z.array(z.string())),
  description: z.nullable(z.string()),
  in_lists: z.nullable(z.boolean()),
})

/** What criteria can ask for, the likeliest first. */
export const fieldsQuery = queryOptions({
  queryKey: ['accounts', 'fields'],
  queryFn: async ({ signal }): Promise<FieldInfo[]> => {
    const found = await get('/rest/v1/criteria_fields?select=field,label,type,operators,choices,description,in_lists&order=display_order', z.array(field), signal)
    return found.map(({ in_lists, ...one }) => ({ ...one, inLists: in_lists }))
  },
  staleTime: 300_000,
})

const facets = z.array(z.object({ value: z.nullable(z.string()), label: z.nullable(z.string()), accounts: z.number(), arr: z.number() }))

/** How many accounts have each value of a field, of those that meet the other conditions. */
export const facetsQuery = (name: string, criteria: Criteria | undefined) => ({
  queryKey: ['accounts', 'facets', criteria, name],
  // of all accounts where nothing is asked: this argument must be given
  queryFn: ({ signal }: { signal: AbortSignal }): Promise<Facet[]> => post('/rest/v1/rpc/count_facets', { criteria: criteria ?? { all: [] }, field: name }, facets, { signal }),
})
