// The main reason for a score, in the reader's language where the server names the part that costs most. Pure.
import type { Risk } from './api'

export type Reason = { component: string; lost: number } | { text: string } | null

/** The server writes that part into the reason as well, in English: "Support 25, -18". */
export function reasonOf({ main_component, points_lost, main_reason }: Pick<Risk, 'main_component' | 'points_lost' | 'main_reason'>): Reason {
  const isWritten = /^\w+ \d+, -\d+$/.test(main_reason ?? '')
  if (main_reason && !isWritten) return { text: main_reason }
  return main_component && points_lost ? { component: main_component, lost: points_lost } : null
}
