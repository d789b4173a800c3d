// What the addresses of automation may hold; anything else falls back.
import * as z from 'zod/mini'

export const SECTIONS = ['playbooks', 'runs', 'queue'] as const
export type Section = (typeof SECTIONS)[number]

export const QUEUE_TABS = ['all', 'pending', 'processing', 'failed', 'completed'] as const
export type QueueTab = (typeof QUEUE_TABS)[number]

export const RESULTS = ['ran', 'held', 'fired', 'failed', 'paused', 'churned', 'stale_feed', 'low_confidence', 'chain', 'cooldown', 'daily_cap', 'burst', 'dropped'] as const
export type ResultFilter = (typeof RESULTS)[number]

export const SORTS = ['name', 'runs', 'last', 'state'] as const
export type Sort = (typeof SORTS)[number]

const id = z.catch(z.optional(z.string().check(z.regex(/^[0-9a-f-]{36}$/i))), undefined)

export const automationSearch = z.object({
  q: z.catch(z.optional(z.string().check(z.maxLength(200))), undefined),
  sort: z.catch(z.optional(z.enum(SORTS)), undefined),
  status: z.catch(z.optional(z.enum(QUEUE_TABS)), undefined),
  result: z.catch(z.optional(z.enum(RESULTS)), undefined),
  playbook: id,
  account: id,
  /** what is looked at beside the list */
  open: id,
})
export type AutomationSearch = z.infer<typeof automationSearch>

/** What a new playbook begins with: a template by its key, or a copy of another. */
export const builderSearch = z.object({
  template: z.catch(z.optional(z.string().check(z.maxLength(60))), undefined),
  copy: id,
})
export type BuilderSearch = z.infer<typeof builderSearch>

/** What each part of the page is given. */
export type SectionProps = { search: AutomationSearch; onChange: (part: Partial<AutomationSearch>, replace?: boolean) => void; onGo: (section: Section, search?: AutomationSearch) => void }
