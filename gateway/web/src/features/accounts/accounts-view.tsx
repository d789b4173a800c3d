// The account list with its title and the states it can be in: loading, failed, out of date, loaded.
import { PageTitle } from '@/components/page-title'
import { ErrorState, StaleBanner } from '@/components/states'
import { useDelayed, useMedia } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { Freshness } from './freshness'
import { Loading } from './loading'
import { LoadedList } from './loaded-list'
import type { AccountSearch } from './search'
import { useAccounts } from './use-accounts'

type Props = {
  search: AccountSearch
  onChange: (part: Partial<AccountSearch>, replace?: boolean) => void
  tenant: string | undefined
  currency: string
}

export function AccountsView({ search, onChange, tenant, currency }: Props) {
  const narrow = useMedia('(max-width: 767px)')
  const accounts = useAccounts(search)
  const { data, error, refresh } = accounts
  const isLate = useDelayed(!data && !error, 150)

  return (
    <div className="space-y-4">
      <div className="flex min-h-8 flex-wrap items-center gap-x-3">
        <PageTitle title={t('accounts.title')} owner={tenant} />
        {data && <Freshness at={data.loadedAt} busy={accounts.isFetching} onRefresh={refresh} />}
      </div>
      {isLate && <Loading narrow={narrow} />}
      {error && !data && (
        <div className="panel pt-4">
          <ErrorState error={error} onRetry={refresh} what={t('accounts.failed')} />
        </div>
      )}
      {error && data && <StaleBanner error={error} onRetry={refresh} />}
      {data && (
        <LoadedList
          list={data}
          isOutdated={accounts.isOutdated}
          isFetchingMore={accounts.isFetchingMore}
          onMore={accounts.showMore}
          search={search}
          onChange={onChange}
          narrow={narrow}
          currency={currency}
        />
      )}
    </div>
  )
}
