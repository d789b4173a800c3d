// The account list: asks for the data, reads the address, and puts summary, toolbar and rows together.
import { useCallback } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouteContext, useSearch } from '@tanstack/react-router'
import { PageTitle } from '@/components/page-title'
import { ErrorState, StaleBanner } from '@/components/states'
import { useDelayed, useMedia } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { accountsQuery } from './api'
import { Freshness } from './freshness'
import { AccountList } from './account-list'
import { Loading } from './loading'
import type { AccountSearch } from './search'

export function AccountsPage() {
  const { me } = useRouteContext({ from: '/dashboard' })
  const search = useSearch({ from: '/dashboard/accounts' })
  const navigate = useNavigate({ from: '/dashboard/accounts' })
  const narrow = useMedia('(max-width: 767px)')
  const accounts = useQuery(accountsQuery)
  const late = useDelayed(accounts.isPending, 150)
  const retry = () => void accounts.refetch()

  const change = useCallback(
    (part: Partial<AccountSearch>, replace = false) => void navigate({ search: (now) => ({ ...now, ...part }), replace, resetScroll: false }),
    [navigate],
  )

  return (
    <div className="space-y-4">
      <div className="flex min-h-8 flex-wrap items-center gap-x-3">
        <PageTitle title={t('accounts.title')} owner={me.tenant?.name} className="text-xl" />
        {accounts.data && <Freshness at={accounts.dataUpdatedAt} busy={accounts.isFetching} onRefresh={retry} />}
      </div>
      {late && <Loading narrow={narrow} />}
      {accounts.error && !accounts.data && <ErrorState error={accounts.error} onRetry={retry} />}
      {accounts.error && accounts.data && <StaleBanner error={accounts.error} onRetry={retry} />}
      {accounts.data && (
        <AccountList accounts={accounts.data} search={search} onChange={change} narrow={narrow} currency={me.tenant?.settings.currency ?? 'USD'} />
      )}
    </div>
  )
}
