// The journey board: the address and the person go in, a changed address comes out.
import { useCallback } from 'react'
import { useNavigate, useRouteContext, useSearch } from '@tanstack/react-router'
import { JourneyView } from './journey-view'
import type { JourneySearch } from './search'

export function JourneyPage() {
  const { me } = useRouteContext({ from: '/dashboard' })
  const { peek, ...search } = useSearch({ from: '/dashboard/journey' })
  const navigate = useNavigate({ from: '/dashboard/journey' })
  const change = useCallback((part: Partial<JourneySearch>, replace = false) => void navigate({ search: (now) => ({ ...now, ...part }), replace, resetScroll: false }), [navigate])
  const look = useCallback((id: string) => void navigate({ search: (now) => ({ ...now, peek: id }), resetScroll: false }), [navigate])
  const { currency = 'USD', time_zone: timeZone = 'UTC' } = me.tenant?.settings ?? {}
  return <JourneyView me={me} search={search} peek={peek} currency={currency} timeZone={timeZone} onChange={change} onPeek={look} />
}
