// What the address of an account's page may hold; anything else falls back.
import * as z from 'zod/mini'

export const TABS = ['overview', 'timeline', 'health', 'usage', 'journey', 'family', 'automation', 'fields'] as const
export type Tab = (typeof TABS)[number]

export const SCOPES = ['account', 'parents', 'children', 'all'] as const
export type Scope = (typeof SCOPES)[number]

export const KINDS = ['call', 'email', 'meeting', 'note', 'task', 'stage', 'health', 'override', 'milestone', 'playbook', 'arr', 'field'] as const
export type Kind = (typeof KINDS)[number]

export const accountSearch360 = z.object({
  tab: z.catch(z.optional(z.enum(TABS)), undefined),
  scope: z.catch(z.optional(z.enum(SCOPES)), undefined),
  kinds: z.catch(z.optional(z.array(z.enum(KINDS))), undefined),
  range: z.catch(z.optional(z.enum(['90d', '12m'])), undefined),
  /** the explanation beside the page: `now`, or as of a day */
  explain: z.catch(z.optional(z.string().check(z.regex(/^(now|\d{4}-\d\d-\d\d)$/))), undefined),
  /** the field whose history is open */
  field: z.catch(z.optional(z.string().check(z.maxLength(200))), undefined),
  /** whose runs are explained */
  playbook: z.catch(z.optional(z.string().check(z.regex(/^[0-9a-f-]{36}$/))), undefined),
})
export type AccountSearch360 = z.infer<typeof accountSearch360>
