// A draft as JSON that people can write, and back; what is wrong is said with its place. Pure.
import * as z from 'zod/mini'
import { fromCriteria } from '@/components/criteria-builder/tree'
import { actionSchema, triggerSchema } from '../playbook-types'
import { keyed, toSave, type Draft } from './draft'

const whole = z.int().check(z.minimum(0))
const document = z.strictObject({
  name: z.string(),
  description: z.optional(z.nullable(z.string())),
  trigger_criteria: triggerSchema,
  webhook_url: z.optional(z.nullable(z.string())),
  actions: z.optional(z.array(actionSchema)),
  cooldown_minutes: z.optional(whole),
  max_executions_per_day: z.optional(z.nullable(whole)),
  is_ordered: z.optional(z.boolean()),
  max_attempts: z.optional(z.nullable(whole)),
})

export const toText = (draft: Draft) => JSON.stringify(toSave(draft), null, 2)

export type Read = { draft: Draft } | { fault: string; at: string }

export function fromText(text: string, before: Draft): Read {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error), at: '' }
  }
  const read = document.safeParse(given)
  if (!read.success) {
    const { path, message } = read.error.issues[0]!
    return { fault: message, at: path.map(String).join('.') }
  }
  const { name, description, trigger_criteria: trigger, webhook_url, actions = [], cooldown_minutes, max_executions_per_day, is_ordered, max_attempts } = read.data
  return {
    draft: {
      name,
      description: description ?? '',
      event: trigger.event,
      when: fromCriteria(trigger.when),
      actions: [...(webhook_url ? [{ kind: 'webhook', url: webhook_url }] : []), ...actions].map(keyed),
      cooldown: cooldown_minutes ?? before.cooldown,
      cap: max_executions_per_day ?? null,
      isOrdered: is_ordered ?? false,
      attempts: max_attempts ?? null,
    },
  }
}
