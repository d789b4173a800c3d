// The versions of the health model, what a change of it would do, and publishing the next one.
import { queryOptions } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { get, post } from '@/lib/api'
import { criteriaSchema } from '@/lib/criteria'
import { LEVELS } from '@/lib/levels'
import { ADMIN } from '../api'

const cap = z.object({ when: criteriaSchema, max: z.union([z.number(), z.string()]), reason: z.string(), is_active: z.catch(z.boolean(), true) })
export type StoredCap = z.infer<typeof cap>

const stored = z.object({
  weights: z.object({ usage: z.number(), engagement: z.number(), support: z.number(), adoption: z.number() }),
  thresholds: z.object({ critical: z.number(), healthy: z.number() }),
  targets: z.object({ logins: z.number(), feature_usage: z.number(), api_calls: z.number() }),
  caps: z.array(cap),
  key_features: z.array(z.string()),
  feature_aliases: z.record(z.string(), z.string()),
  quiet_periods: z.array(z.object({ from: z.string(), to: z.string() })),
})
export type StoredModel = z.infer<typeof stored>

const version = z.extend(stored, { version: z.number(), created_at: z.string(), created_by: z.nullable(z.string()) })
export type ModelVersion = z.infer<typeof version>

/** The latest, which is in force, first. */
export const versionsQuery = queryOptions({
  queryKey: [...ADMIN, 'models'],
  queryFn: ({ signal }) =>
    get('/rest/v1/health_models?select=version,weights,thresholds,targets,caps,key_features,feature_aliases,quiet_periods,created_at,created_by&order=version.desc&limit=100', z.array(version), signal),
})

const level = z.nullable(z.enum(LEVELS))
const moved = z.object({ account_id: z.string(), old_score: z.nullable(z.number()), new_score: z.nullable(z.number()), old_level: level, new_level: level, playbooks: z.array(z.string()) })
export type PreviewRow = z.infer<typeof moved>
export type Preview = { rows: PreviewRow[]; ms: number }

/** Nothing is written by it. */
export const previewQuery = (model: StoredModel) =>
  queryOptions({
    queryKey: [...ADMIN, 'preview', model],
    queryFn: async ({ signal }): Promise<Preview> => {
      const begun = performance.now()
      const rows = await post('/rest/v1/rpc/preview_health_model', { model }, z.array(moved), { signal })
      return { rows, ms: performance.now() - begun }
    },
    staleTime: 30_000,
    retry: false,
  })

export const publishModel = (model: StoredModel, expected_version: number, fire_playbooks: boolean) => post('/rest/v1/rpc/publish_health_model', { model, expected_version, fire_playbooks }, z.number())

const PAGE = 1_000
const account = z.object({ id: z.string(), name: z.string(), arr: z.nullable(z.number()) })
export type Portfolio = Map<string, { name: string; arr: number }>

/** Name and ARR of every account. */
export const portfolioQuery = queryOptions({
  queryKey: [...ADMIN, 'portfolio'],
  queryFn: async ({ signal }): Promise<Portfolio> => {
    const all: Portfolio = new Map()
    for (let after: string | undefined = '', size = PAGE; size === PAGE && after !== undefined; ) {
      // each page begins where the one before it ended
      const page: z.infer<typeof account>[] = await get(`/rest/v1/accounts?select=id,name,arr&order=id&limit=${PAGE}${after && `&id=gt.${after}`}`, z.array(account), signal)
      page.forEach(({ id, name, arr }) => all.set(id, { name, arr: arr ?? 0 }))
      size = page.length
      after = page.at(-1)?.id
    }
    return all
  },
  staleTime: 300_000,
})
