// What everybody should know at once: usage that stays away, deliveries that are held back.
import { queryOptions } from '@tanstack/react-query'
import { count } from '@/lib/api'

const LATE_MS = 5 * 60_000
const EVERY_MS = 60_000

export const NOTICES = ['notices'] as const
/** The topics of live events that may change them. */
export const NOTICE_TOPICS = ['health', 'webhooks']

/** Accounts whose score stands at the last row of a feed that is out. */
export const staleFeedsQuery = queryOptions({
  queryKey: [...NOTICES, 'feeds'],
  queryFn: ({ signal }) => count('/rest/v1/health_current?select=account_id&stale_feed=is.true', signal),
  refetchInterval: EVERY_MS,
  retry: false,
})

/** Deliveries whose time came more than five minutes ago, and that nobody sends. */
export const lateDeliveriesQuery = queryOptions({
  queryKey: [...NOTICES, 'deliveries'],
  queryFn: ({ signal }) => {
    const before = new Date(Date.now() - LATE_MS).toISOString()
    return count(`/rest/v1/webhook_queue?select=id&status=eq.pending&run_at=lt.${encodeURIComponent(before)}`, signal)
  },
  refetchInterval: EVERY_MS,
  retry: false,
})
