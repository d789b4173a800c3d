// The loaded list: summary, toolbar, and rows page by page.
import { useCallback } from 'react'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { bandOf } from '@/lib/levels'
import { AccountCards } from './cards'
import type { Filter } from './criteria'
import { nextSort, type AccountSearch } from './search'
import { Summary } from './summary'
import { AccountTable } from './table'
import { Toolbar } from './toolbar'
import type { AccountList } from './use-accounts'

type Props = {
  list: AccountList
  isOutdated: boolean
  isFetchingMore: boolean
  onMore: () => void
  search: AccountSearch
  onChange: (part: Partial<AccountSearch>, replace?: boolean) => void
  narrow: boolean
  currency: string
}

export function LoadedList({ list, isOutdated, isFetchingMore, onMore, search, onChange, narrow, currency }: Props) {
  const { sort } = search
  const { rows, found, more } = list
  const onText = useCallback((text: string) => onChange({ q: text || undefined }, true), [onChange])

  if (list.total === 0) return <NoAccounts />
  return (
    <div aria-busy={isOutdated} className="space-y-4">
      <Summary list={list} currency={currency} level={search.level} onLevel={(level) => onChange({ level })} />
      <Toolbar
        search={search}
        found={found}
        total={list.total}
        isOutdated={isOutdated}
        narrow={narrow}
        onText={onText}
        onLevel={(level) => onChange({ level })}
        onSort={(next) => onChange({ sort: next })}
        onDropCriteria={() => onChange({ criteria: undefined })}
      />
      {rows.length === 0 ? (
        <NoResult filter={list.filter} onClear={() => onChange({ q: undefined, level: undefined, criteria: undefined })} />
      ) : narrow ? (
        <AccountCards rows={rows} currency={currency} />
      ) : (
        <AccountTable rows={rows} total={found} sort={sort} onSort={(column) => onChange({ sort: nextSort(sort, column) })} currency={currency} />
      )}
      {more > 0 && (
        <div>
          <Button look="outline" busy={isFetchingMore} held={isOutdated} onClick={onMore}>
            {t('accounts.more', { n: more })}
          </Button>
        </div>
      )}
    </div>
  )
}

function NoAccounts() {
  return (
    <div className="panel pt-4">
      <State title={t('accounts.emptyTitle')}>
        {t('accounts.emptyText')}
      </State>
    </div>
  )
}

function NoResult({ filter: { q, level, criteria }, onClear }: { filter: Filter; onClear: () => void }) {
  const filters = [q && `“${q}”`, level && t(`health.${bandOf[level]}`), criteria && t('accounts.theConditions')].filter(Boolean).join(' + ')
  return (
    <div className="panel pt-4">
      <State title={t('accounts.noResultTitle')} action={<Button look="outline" onClick={onClear}>{t('accounts.clear')}</Button>}>
        {t('accounts.noResultText', { filters })}
      </State>
    </div>
  )
}
