// The fields that criteria can ask for, and how often each value of a field occurs.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import type { Facet, FieldInfo } from './field-types'
import { get, post } from '@/lib/api'
import type { Criteria } from '@/lib/criteria'

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
