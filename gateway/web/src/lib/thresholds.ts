// Where the levels of health begin, by the tenant's model in force.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get } from './api'

export const STANDARD: [number, number] = [40, 80]

const model = z.object({ thresholds: z.object({ critical: z.catch(z.number(), STANDARD[0]), healthy: z.catch(z.number(), STANDARD[1]) }) })

export const thresholdsQuery = queryOptions({
  queryKey: ['thresholds'],
  queryFn: async ({ signal }): Promise<[number, number]> => {
    const [latest] = await get('/rest/v1/health_models?select=thresholds&order=version.desc&limit=1', z.array(model), signal)
    return latest ? [latest.thresholds.critical, latest.thresholds.healthy] : STANDARD
  },
  staleTime: 300_000,
})
