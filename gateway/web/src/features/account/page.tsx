// The page of one account: the address and the person go in, a changed address comes out.
import { useCallback } from 'react'
import type { QueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useRouteContext, useSearch } from '@tanstack/react-router'
import { AccountView } from './account-view'
import { accountQuery } from './api'
import type { AccountSearch360 } from './search'

/** Asks for the account before the page is there. */
export const prefetch = (client: QueryClient, id: string) => client.prefetchQuery(accountQuery(id))

export function AccountPage() {
  const { me } = useRouteContext({ from: '/dashboard' })
  const { id } = useParams({ from: '/dashboard/accounts/$id' })
  const search = useSearch({ from: '/dashboard/accounts/$id' })
  const navigate = useNavigate({ from: '/dashboard/accounts/$id' })
  const change = useCallback((part: Partial<AccountSearch360>) => void navigate({ search: (now) => ({ ...now, ...part }), resetScroll: false }), [navigate])
  const open = useCallback((to: string) => void navigate({ to: '/dashboard/accounts/$id', params: { id: to }, search: (now) => ({ tab: now.tab }) }), [navigate])
  const { currency = 'USD', time_zone = 'UTC' } = me.tenant?.settings ?? {}
  return <AccountView key={id} id={id} search={search} reader={{ id: me.user_id, name: me.full_name, tenant: me.tenant?.name, permissions: me.permissions }} currency={currency} timeZone={time_zone} onChange={change} onOpen={open} />
}
