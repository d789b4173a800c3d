// The stages as they can be edited, saved as one change; and what stands in the way of removing one.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { namedByQuery } from '@/components/naming/named-by-api'
import { count, get, post } from '@/lib/api'
import { ADMIN } from '../api'

const stage = z.object({
  id: z.string(),
  name: z.string(),
  target_duration_days: z.nullable(z.number()),
  wip_limit: z.nullable(z.number()),
  color_hex: z.string(),
  is_side: z.boolean(),
  is_end: z.boolean(),
  is_active: z.boolean(),
})
export type StageRow = z.infer<typeof stage>
export type StagesState = { version: string; rows: StageRow[] }

export const stagesQuery = queryOptions({
  queryKey: [...ADMIN, 'stages'],
  queryFn: async ({ signal }): Promise<StagesState> => {
    // the version first: what changes in between is refused, not overwritten
    const version = await post('/rest/v1/rpc/stages_version', {}, z.string(), { signal })
    const rows = await get('/rest/v1/journey_stages?select=id,name,target_duration_days,wip_limit,color_hex,is_side,is_end,is_active&order=is_active.desc,display_order,name', z.array(stage), signal)
    return { version, rows }
  },
})

export type StageChange = Partial<StageRow> & { display_order?: number }
export const saveStages = (changes: StageChange[], expected_version: string) => post('/rest/v1/rpc/save_stages', { changes, expected_version }, z.object({ version: z.string() }))

const removed = z.object({ moved: z.number(), kept: z.boolean() })
export const deleteStage = (stage_id: string, move_to: string | null) => post('/rest/v1/rpc/delete_stage', { stage_id, move_to }, removed)

/** How many accounts are in a stage, and what names it. */
export const stageUseQuery = ({ id, name }: Pick<StageRow, 'id' | 'name'>) =>
  queryOptions({
    queryKey: [...ADMIN, 'stages', 'use', id, name],
    queryFn: async ({ signal, client }) => {
      const [accounts, naming] = await Promise.all([count(`/rest/v1/accounts?select=id&current_stage=eq.${encodeURIComponent(name)}`, signal), client.fetchQuery(namedByQuery(id))])
      return { accounts, naming }
    },
    staleTime: 0,
  })
