// The saved views a segment can be, and whether the one in the address is still awaited.
import { queryOptions, useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get } from '@/lib/api'
import { criteriaSchema } from '@/lib/criteria'
import { EXECUTIVE } from './api'

const view = z.object({ id: z.string(), name: z.string(), criteria: z.nullable(criteriaSchema) })

export const segmentsQuery = queryOptions({
  queryKey: [...EXECUTIVE, 'views'],
  queryFn: ({ signal }) => get('/rest/v1/saved_views?select=id,name,criteria&criteria=not.is.null&order=name&limit=200', z.array(view), signal),
  staleTime: 60_000,
})

export function useViews(wanted: string | undefined) {
  const found = useQuery(segmentsQuery)
  return { views: found.data ?? [], isWaiting: wanted !== undefined && found.isPending }
}
