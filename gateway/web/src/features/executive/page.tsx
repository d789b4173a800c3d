// The executive page's route: the address and the tenant go in, a changed address comes out.
import { useCallback } from 'react'
import { useNavigate, useRouteContext, useSearch } from '@tanstack/react-router'
import { ExecutiveView } from './executive-view'
import type { ExecutiveSearch } from './range'

export function ExecutivePage() {
  const { me } = useRouteContext({ from: '/dashboard' })
  const search = useSearch({ from: '/dashboard/executive' })
  const navigate = useNavigate({ from: '/dashboard/executive' })
  const change = useCallback((part: Partial<ExecutiveSearch>) => void navigate({ search: (now) => ({ ...now, ...part }), resetScroll: false }), [navigate])
  const peek = useCallback((id: string) => void navigate({ search: (now) => ({ ...now, peek: id }), resetScroll: false }), [navigate])
  return <ExecutiveView me={me} search={search} onChange={change} onPeek={peek} />
}
