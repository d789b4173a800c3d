// Nothing that was typed is lost by a press elsewhere: leaving asks.
import { lazy, Suspense } from 'react'
import { useBlocker } from '@tanstack/react-router'

const LeaveDialog = lazy(() => import('./leave-dialog').then((m) => ({ default: m.LeaveDialog })))

export function LeaveGuard({ when }: { when: boolean }) {
  const { status, proceed, reset } = useBlocker({ shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname, enableBeforeUnload: when, withResolver: true })
  return <Suspense>{status === 'blocked' && <LeaveDialog onLeave={proceed} onStay={reset} />}</Suspense>
}
