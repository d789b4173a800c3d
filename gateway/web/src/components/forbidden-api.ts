// Who has a role, to ask them.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get } from '@/lib/api'

export const holdersQuery = (role: string) =>
  queryOptions({
    queryKey: ['holders', role],
    queryFn: ({ signal }) => get(`/rest/v1/profiles?select=full_name&is_active=is.true&role=eq.${encodeURIComponent(role)}&order=full_name&limit=5`, z.array(z.object({ full_name: z.string() })), signal),
    staleTime: 60_000,
  })
