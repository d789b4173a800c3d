// The account list's route: the address and the tenant go in, a changed address comes out.
import { useCallback } from 'react'
import { useNavigate, useRouteContext, useSearch } from '@tanstack/react-router'
import { AccountsView } from './accounts-view'
import type { AccountSearch } from './search'

export function AccountsPage() {
  const { me } = useRouteContext({ from: '/dashboard' })
  const search = useSearch({ from: '/dashboard/accounts' })
  const navigate = useNavigate({ from: '/dashboard/accounts' })
  const change = useCallback(
    (part: Partial<AccountSearch>, replace = false) => void navigate({ search: (now) => ({ ...now, ...part }), replace, resetScroll: false }),
    [navigate],
  )
  return <AccountsView search={search} onChange={change} tenant={me.tenant?.name} currency={me.tenant?.settings.currency ?? 'USD'} />
}
