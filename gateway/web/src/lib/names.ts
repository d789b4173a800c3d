// Stages and people as every page names them: asked for once, kept by id, also those no longer in use, which old rows still name.
import { queryOptions, type QueryClient } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get } from './api'

/** All of these queries begin with this key, and the topics of live events that change them. */
export const NAMES = ['names'] as const
export const NAMES_TOPICS = ['stages', 'people']

const stages = z.array(
  z.object({ id: z.string(), name: z.string(), color_hex: z.nullable(z.string()), target_duration_days: z.nullable(z.number()), is_active: z.boolean(), is_side: z.boolean(), is_end: z.boolean() }),
)
const people = z.array(z.object({ user_id: z.string(), full_name: z.string(), is_active: z.boolean() }))

export type StageName = { id: string; name: string; color: string | null; target: number | null; isActive: boolean; isSide: boolean; isEnd: boolean }
export type PersonName = { id: string; name: string; isActive: boolean }
export type AllNames = { stages: StageName[]; people: PersonName[] }

/** In the order of the journey. */
export const stagesQuery = queryOptions({
  queryKey: [...NAMES, 'stages'],
  queryFn: async ({ signal }): Promise<StageName[]> => {
    const found = await get('/rest/v1/journey_stages?select=id,name,color_hex,target_duration_days,is_active,is_side,is_end&order=display_order', stages, signal)
    return found.map((one) => ({ id: one.id, name: one.name, color: one.color_hex, target: one.target_duration_days, isActive: one.is_active, isSide: one.is_side, isEnd: one.is_end }))
  },
  staleTime: 300_000,
})

export const peopleQuery = queryOptions({
  queryKey: [...NAMES, 'people'],
  queryFn: async ({ signal }): Promise<PersonName[]> => {
    const found = await get('/rest/v1/profiles?select=user_id,full_name,is_active&order=full_name', people, signal)
    return found.map((one) => ({ id: one.user_id, name: one.full_name, isActive: one.is_active }))
  },
  staleTime: 300_000,
})

const inUse = <T extends { isActive: boolean }>(all: T[]) => all.filter((one) => one.isActive)

/** The same answers, without those no longer in use: to choose from. */
export const activeStagesQuery = { ...stagesQuery, select: inUse<StageName> }
export const activePeopleQuery = { ...peopleQuery, select: inUse<PersonName> }

export async function allNames(client: QueryClient): Promise<AllNames> {
  const [foundStages, foundPeople] = await Promise.all([client.fetchQuery(stagesQuery), client.fetchQuery(peopleQuery)])
  return { stages: foundStages, people: foundPeople }
}
