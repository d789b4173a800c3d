// The stages in use, by name.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get } from '@/lib/api'
import { ADMIN } from '../api'

const stage = z.object({ id: z.string(), name: z.string(), color_hex: z.string() })
export type StageName = z.infer<typeof stage>

export const stageNamesQuery = queryOptions({
  queryKey: [...ADMIN, 'stage names'],
  queryFn: ({ signal }) => get('/rest/v1/journey_stages?select=id,name,color_hex&is_active=is.true&order=display_order,name', z.array(stage), signal),
})
