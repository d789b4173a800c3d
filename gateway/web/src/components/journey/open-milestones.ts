// What holds a move back, as the refusal lists it. Pure.
import * as z from 'zod/mini'

const open = z.object({ open_milestones: z.array(z.object({ id: z.string(), title: z.string() })) })
export type OpenMilestone = { id: string; title: string }

export function openMilestonesOf(details: unknown): OpenMilestone[] | undefined {
  const read = open.safeParse(details)
  return read.success ? read.data.open_milestones : undefined
}
