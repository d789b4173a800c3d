// A playbook as the server shows it, and what it is made of.
import * as z from 'zod/mini'
import { criteriaSchema, type Criteria } from '@/lib/criteria'

const number = z.nullable(z.number())
const text = z.nullable(z.string())

export const STATES = ['active', 'paused', 'draft', 'off'] as const
export type PlaybookState = (typeof STATES)[number]

/** What is waited for: its kind and the values that go with it. */
export type AwaitedEvent = { kind: string; [key: string]: unknown }
export type Trigger = { event: AwaitedEvent; when?: Criteria }

export const actionSchema = z.looseObject({ kind: z.string() })
export type Action = z.infer<typeof actionSchema>

export const triggerSchema = z.object({ event: z.looseObject({ kind: z.string() }), when: z.optional(criteriaSchema) })

export const playbookSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: text,
  state: z.enum(STATES),
  trigger_criteria: triggerSchema,
  actions: z.array(actionSchema),
  webhook_url: text,
  cooldown_minutes: z.number(),
  max_executions_per_day: number,
  is_ordered: z.boolean(),
  max_attempts: number,
  signing_changed_at: text,
  version: z.number(),
  activated_at: text,
  updated_at: z.string(),
  ran_30d: z.number(),
  failed_30d: z.number(),
  held_back_30d: z.number(),
  accounts_30d: z.number(),
  ran_percent_30d: number,
  last_match_at: text,
  last_result: text,
  last_reason: text,
  delivered_30d: z.number(),
  undelivered_30d: z.number(),
  deliveries_waiting: z.number(),
  burst_id: text,
  burst_accounts: z.number(),
  problem: text,
})
export type Playbook = z.infer<typeof playbookSchema>

/** All that a playbook does, in order: the webhook of its own first. */
export const allActions = ({ webhook_url, actions }: Pick<Playbook, 'webhook_url' | 'actions'>): Action[] => (webhook_url ? [{ kind: 'webhook', url: webhook_url }, ...actions] : actions)

/** Whether something of it leaves the database. */
export const sends = (actions: readonly { kind: string }[]) => actions.some(({ kind }) => kind === 'webhook' || kind === 'slack' || kind === 'email')
