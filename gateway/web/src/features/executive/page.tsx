// The executive page's route: the address and the tenant go in, a changed address comes out.
import { useCallback } from 'react'
import { useNavigate, useRouteContext, useSearch } from '@tanstack/react-router'
import type { QueryClient } from '@tanstack/react-query'
import { dashboardQuery } from './api'
import { ExecutiveView } from './executive-view'
import { rangeOf, type ExecutiveSearch } from './range'
import { criteriaOf } from './segment'

/** Asks for the figures before the page is there. A saved view has to be read first, and then waits for that. */
export function prefetch(client: QueryClient, search: ExecutiveSearch) {
  return search.view ? undefined : client.prefetchQuery(dashboardQuery(criteriaOf(search, []), rangeOf(search)))
}

export function ExecutivePage() {
  const { me } = useRouteContext({ from: '/dashboard' })
  const search = useSearch({ from: '/dashboard/executive' })
  const navigate = useNavigate({ from: '/dashboard/executive' })
  const change = useCallback((part: Partial<ExecutiveSearch>) => void navigate({ search: (now) => ({ ...now, ...part }), resetScroll: false }), [navigate])
  const peek = useCallback((id: string) => void navigate({ search: (now) => ({ ...now, peek: id }), resetScroll: false }), [navigate])
  return <ExecutiveView me={me} search={search} onChange={change} onPeek={peek} />
}
