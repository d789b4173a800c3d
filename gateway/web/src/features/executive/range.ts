// The time the page looks back on, as its address names it and as the server takes it. Pure.
import * as z from 'zod/mini'

export const RANGES = ['30d', '90d', '12m'] as const
export type Range = { name: (typeof RANGES)[number] } | { name: 'custom'; from: string; to: string }

const day = z.catch(z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))), undefined)
const id = z.catch(z.optional(z.string().check(z.regex(/^[0-9a-f-]{36}$/i))), undefined)

export const executiveSearch = z.object({
  view: id,
  csm: z.catch(z.optional(z.union([z.literal('none'), z.string().check(z.regex(/^[0-9a-f-]{36}$/i))])), undefined),
  stage: id,
  status: z.catch(z.optional(z.enum(['all', 'Paused', 'Churned'])), undefined),
  range: z.catch(z.optional(z.enum([...RANGES, 'custom'])), undefined),
  from: day,
  to: day,
  compare: z.catch(z.optional(z.literal('off')), undefined),
  by: z.catch(z.optional(z.literal('accounts')), undefined),
  mean: z.catch(z.optional(z.boolean()), undefined),
  movers: z.catch(z.optional(z.enum(['7d', '30d'])), undefined),
})
export type ExecutiveSearch = z.infer<typeof executiveSearch>

export function rangeOf({ range = '90d', from, to }: Pick<ExecutiveSearch, 'range' | 'from' | 'to'>): Range {
  if (range !== 'custom') return { name: range }
  return from && to && from < to ? { name: 'custom', from, to } : { name: '90d' }
}

const days = { '30d': 30, '90d': 90, '12m': 365 }

/** `until` is left out where the period ends now. */
export function cutOffs(range: Range, now = Date.now()): { since: string; until?: string } {
  if (range.name !== 'custom') return { since: new Date(now - days[range.name] * 86_400_000).toISOString() }
  const until = new Date(`${range.to}T23:59:59.999Z`)
  return { since: new Date(`${range.from}T00:00:00Z`).toISOString(), ...(until.getTime() < now ? { until: until.toISOString() } : {}) }
}
