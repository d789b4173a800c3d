// Who changed which field of an account, from what to what.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { post } from '@/lib/api'
import { ACCOUNT } from '../api'

const change = z.object({ at: z.string(), field_name: z.string(), old: z.catch(z.unknown(), null), new: z.catch(z.unknown(), null), actor_id: z.nullable(z.string()), actor_name: z.nullable(z.string()) })
export type FieldChange = z.infer<typeof change>

/** Of all fields, or of one as the server names it: `name`, `crm_attributes.industry`. */
export const changesQuery = (id: string, field?: string) =>
  queryOptions({
    queryKey: [...ACCOUNT, id, 'changes', field],
    queryFn: ({ signal }) => post('/rest/v1/rpc/field_history?limit=200', { account_id: id, field: field ?? null }, z.array(change), { signal }),
    retry: false,
    staleTime: 10_000,
  })
