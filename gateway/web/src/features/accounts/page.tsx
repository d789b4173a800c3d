// The account list's route: the address and the tenant go in, a changed address comes out.
import { useCallback } from 'react'
import { useNavigate, useRouteContext, useSearch } from '@tanstack/react-router'
import { AccountsView } from './accounts-view'
import type { AccountSearch } from './search'

export function AccountsPage() {
  const { me } = useRouteContext({ from: '/dashboard' })
  const { peek, ...search } = useSearch({ from: '/dashboard/accounts' })
  const navigate = useNavigate({ from: '/dashboard/accounts' })
  const change = useCallback(
    (part: Partial<AccountSearch>, replace = false) => void navigate({ search: (now) => ({ ...now, ...part }), replace, resetScroll: false }),
    [navigate],
  )
  const look = useCallback((id: string | undefined) => void navigate({ search: (now) => ({ ...now, peek: id }), resetScroll: false }), [navigate])
  const { currency = 'USD', time_zone: timeZone = 'UTC' } = me.tenant?.settings ?? {}
  return <AccountsView me={me} search={search} peek={peek} currency={currency} timeZone={timeZone} onChange={change} onPeek={look} />
}
