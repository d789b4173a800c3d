// What the address of this page may hold; anything else falls back.
import * as z from 'zod/mini'

export const journeySearch = z.object({
  q: z.catch(z.optional(z.string().check(z.maxLength(200))), undefined),
})
export type JourneySearch = z.infer<typeof journeySearch>
