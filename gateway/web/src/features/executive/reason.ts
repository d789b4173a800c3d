// The main reason for a score, in the reader's language where the server names the part that costs most. Pure.
import type { Risk } from './api'

export type Reason = { component: string; lost: number } | { text: string } | null

/** Older servers write it into the reason: "Support 25, -18". */
export function reasonOf({ main_component, points_lost, main_reason }: Pick<Risk, 'main_component' | 'points_lost' | 'main_reason'>): Reason {
  const written = /^(Usage|Engagement|Support|Adoption) \d+, -(\d+)$/.exec(main_reason ?? '')
  if (main_reason && !written) return { text: main_reason }
  if (main_component && points_lost) return { component: main_component, lost: points_lost }
  return written ? { component: written[1]!.toLowerCase(), lost: Number(written[2]) } : null
}
