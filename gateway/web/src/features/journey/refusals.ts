// What the server's refusal of a move says. Pure.
import * as z from 'zod/mini'
import { openMilestonesOf, type OpenMilestone } from '@/components/journey/open-milestones'
import { ApiError } from '@/lib/api'
import { ago } from '@/lib/format'
import { t } from '@/lib/i18n'

const conflict = z.object({ current: z.object({ stage: z.string(), moved_by: z.nullable(z.string()), moved_at: z.nullable(z.string()) }) })

/** The milestones that hold it back, where that is why. */
export const heldMilestones = (error: unknown): OpenMilestone[] | undefined => (error instanceof ApiError && error.status === 422 ? openMilestonesOf(error.details) : undefined)

/** Who moved it where and when, where someone was faster. */
export function conflictWords(name: string, error: unknown): string | undefined {
  if (!(error instanceof ApiError) || error.status !== 409) return undefined
  const read = conflict.safeParse(error.details)
  if (!read.success) return undefined
  const { stage, moved_by, moved_at } = read.data.current
  const when = moved_at ? ago(Math.max(0, (Date.now() - Date.parse(moved_at)) / 1000)) : t('now')
  return t('board.conflict', { name, stage, who: moved_by ?? t('board.someone'), when })
}
