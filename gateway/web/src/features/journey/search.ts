// What the address of the board may hold; anything else falls back, so that a broken link opens the plain board.
import * as z from 'zod/mini'
import { criteriaSchema } from '@/lib/criteria'
import { LEVEL_FILTERS } from '@/lib/levels'

export const SORTS = ['overdue', 'arr', 'score', 'renewal', 'name'] as const
export type Sort = (typeof SORTS)[number]

export const FIELDS = ['parent', 'health', 'arr', 'days', 'milestones', 'renewal', 'csm'] as const
export type CardField = (typeof FIELDS)[number]

export const LANES = ['csm', 'level'] as const
export type LaneKind = (typeof LANES)[number]

export const PERIODS = ['90d', '12m', 'all'] as const
export type Period = (typeof PERIODS)[number]

const isList = (isOne: (one: string) => boolean) => z.string().check(z.refine((text) => text !== '' && text.split(',').every(isOne)))

export const journeySearch = z.object({
  q: z.catch(z.optional(z.coerce.string().check(z.maxLength(200))), undefined),
  mine: z.catch(z.optional(z.literal(true)), undefined),
  level: z.catch(z.optional(z.enum(LEVEL_FILTERS)), undefined),
  criteria: z.catch(z.optional(criteriaSchema), undefined),
  sort: z.catch(z.optional(z.enum(SORTS)), undefined),
  lanes: z.catch(z.optional(z.enum(LANES)), undefined),
  /** what cards leave out */
  hide: z.catch(z.optional(isList((one) => (FIELDS as readonly string[]).includes(one))), undefined),
  compact: z.catch(z.optional(z.literal(true)), undefined),
  /** whether the stages beside the main line are left out */
  side: z.catch(z.optional(z.literal(false)), undefined),
  /** the stages that are folded to a strip, by id */
  folded: z.catch(z.optional(isList((one) => /^[0-9a-f-]{36}$/.test(one))), undefined),
  period: z.catch(z.optional(z.enum(PERIODS)), undefined),
})
export type JourneySearch = z.infer<typeof journeySearch>

/** The list with this one in it, or without it where it was there already. */
export function toggled(list: string | undefined, one: string): string | undefined {
  const all = list?.split(',') ?? []
  return (all.includes(one) ? all.filter((it) => it !== one) : [...all, one]).join() || undefined
}
