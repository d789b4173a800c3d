// Criteria as the server reads them: which accounts a list, a saved view or a number covers. Pure.
import * as z from 'zod/mini'

export type Condition = { field: string; op: string; value?: unknown }
export type Criteria = Condition | { all: Criteria[] } | { any: Criteria[] } | { not: Criteria }

const condition = z.object({ field: z.string(), op: z.string(), value: z.optional(z.unknown()) })

export const criteriaSchema: z.ZodMiniType<Criteria> = z.union([
  z.object({ all: z.array(z.lazy(() => criteriaSchema)) }),
  z.object({ any: z.array(z.lazy(() => criteriaSchema)) }),
  z.object({ not: z.lazy(() => criteriaSchema) }),
  condition,
]) as z.ZodMiniType<Criteria>

/** All of these must hold; undefined ones ask nothing. */
export function allOf(...parts: (Criteria | null | undefined)[]): Criteria | undefined {
  const given = parts.filter((part): part is Criteria => part !== null && part !== undefined)
  return given.length > 1 ? { all: given } : given[0]
}

export const where = (field: string, op: string, value?: unknown): Condition => (value === undefined ? { field, op } : { field, op, value })

/** The conditions that all must hold, without the brackets around them; undefined where there is an "or" or a "not". */
export function flatten(criteria: Criteria): Condition[] | undefined {
  if ('field' in criteria) return [criteria]
  if (!('all' in criteria)) return undefined
  const parts = criteria.all.map(flatten)
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined
}
