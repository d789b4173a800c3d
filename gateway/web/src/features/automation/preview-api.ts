// Whom a playbook would hit now.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { post } from '@/lib/api'
import type { Criteria } from '@/lib/criteria'
import { AUTOMATION } from './api'
import type { AwaitedEvent } from './playbook-types'

const number = z.nullable(z.number())
const match = z.object({ account_id: z.string(), account_name: z.string(), arr: number, health_score: number, event: z.record(z.string(), z.unknown()) })
export type Match = z.infer<typeof match>

export const previewQuery = (event: AwaitedEvent, when: Criteria | undefined) =>
  queryOptions({
    queryKey: [...AUTOMATION, 'preview', event, when],
    queryFn: ({ signal }) => post('/rest/v1/rpc/preview_playbook', { criteria: when ?? null, event }, z.array(match), { signal }),
    retry: false,
    staleTime: 10_000,
  })
