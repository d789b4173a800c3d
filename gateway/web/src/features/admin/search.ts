// What the address of this page may hold; anything else falls back.
import * as z from 'zod/mini'

const id = z.catch(z.optional(z.string().check(z.regex(/^[0-9a-f-]{36}$/i))), undefined)
const word = z.catch(z.optional(z.string().check(z.maxLength(60))), undefined)
const date = z.catch(z.optional(z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/))), undefined)

export const adminSearch = z.object({
  /** milestones: of which stage */
  stage: id,
  /** health: the versions are open */
  versions: z.catch(z.optional(z.literal(true)), undefined),
  /** audit log: by whom, of what, which kind, and when */
  who: id,
  object: word,
  action: z.catch(z.optional(z.enum(['insert', 'update', 'delete'])), undefined),
  from: date,
  to: date,
})
export type AdminSearch = z.infer<typeof adminSearch>
