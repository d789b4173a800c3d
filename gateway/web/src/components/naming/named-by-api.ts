// What names a stage, a member, a field or an account in its criteria.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { post } from '@/lib/api'

const named = z.object({ kind: z.enum(['saved_view', 'playbook', 'cap', 'milestone']), id: z.string(), name: z.nullable(z.string()) })
export type Naming = z.infer<typeof named>
export const namings = z.array(named)

export const namedByQuery = (subject: string) =>
  queryOptions({
    queryKey: ['named-by', subject],
    queryFn: ({ signal }) => post('/rest/v1/rpc/named_by', { subject }, namings, { signal }),
    staleTime: 0,
  })
