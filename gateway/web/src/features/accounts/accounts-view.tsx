// The page of accounts with the states it can be in: loading, failed, out of date, empty, loaded.
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { ErrorState, StaleBanner } from '@/components/states'
import { useDelayed, useMedia } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { usePageActions } from '@/lib/page-actions'
import { chosenColumns } from './columns'
import { Head, type Layer } from './head'
import { Loading } from './loading'
import { LoadedList } from './loaded-list'
import { keepLiked } from './preferences-api'
import { readColumns, STANDARD_COLUMNS, type AccountSearch, type ColumnKey } from './search'
import { useAccounts } from './use-accounts'
import { usePageContext } from './use-page'
import { useView } from './views/use-view'
import { useViewActions } from './views/use-view-actions'
import { ViewBar, type Opened } from './views/view-bar'
import { ViewChanges } from './views/view-changes'
import { NoAccounts } from './no-accounts'

export type Person = { user_id: string; permissions: string[]; tenant: { name: string } | null }
export type Props = {
  me: Person
  search: AccountSearch
  /** the account that is looked at */
  peek: string | undefined
  currency: string
  timeZone: string
  onChange: (part: Partial<AccountSearch>, replace?: boolean) => void
  onPeek: (id: string | undefined) => void
}

export function AccountsView({ me, search, peek, currency, timeZone, onChange, onPeek }: Props) {
  const client = useQueryClient()
  const narrow = useMedia('(max-width: 767px)')
  const [opened, setOpened] = useState<Opened>(null)
  const page = usePageContext(currency, timeZone)
  const state = useView(search, me.user_id)
  const actions = useViewActions(search, state, onChange)
  const accounts = useAccounts(search, peek !== undefined)
  const { data, error, refresh } = accounts
  const isLate = useDelayed(!data && !error, 150)
  const { current, liked } = state

  // an address that says nothing opens the view the person likes to begin with
  const start = useMemo(() => (Object.values(search).every((value) => value === undefined) ? state.tabs.find((tab) => tab.id === liked?.view && tab.id !== 'all') : undefined), [search, state.tabs, liked])
  useEffect(() => {
    if (start) onChange(start.search, true)
  }, [start, onChange])

  const keys = readColumns(search.cols) ?? (current.saved ? undefined : readColumns(liked?.columns ?? undefined)) ?? STANDARD_COLUMNS
  const chosen = keys.join()
  const columns = useMemo(() => chosenColumns(page.columns, chosen.split(',') as ColumnKey[]), [page.columns, chosen])
  const onColumns = useCallback(
    (next: ColumnKey[]) => {
      const cols = next.join() === STANDARD_COLUMNS.join() ? undefined : next.join()
      if (!current.saved) void keepLiked(client, { columns: cols ?? null })
      onChange({ cols }, true)
    },
    [client, current.saved, onChange],
  )
  const mayEdit = me.permissions.includes('account.edit')
  const setLayer = useCallback((open: Layer) => onChange({ open, external: undefined }, open === undefined), [onChange])
  usePageActions(
    useMemo(
      () => [
        ...(mayEdit ? [{ id: 'new', label: t('accounts.new'), run: () => setLayer('new') }, { id: 'import', label: t('accounts.import'), run: () => setLayer('import') }] : []),
        { id: 'save-view', label: t('views.saveAs'), run: () => setOpened('save') },
        { id: 'refresh', label: t('refresh'), run: refresh },
      ],
      [mayEdit, refresh, setLayer],
    ),
  )

  return (
    <div>
      <Head tenant={me.tenant?.name} search={search} view={current.name} columns={columns} page={page} mayEdit={mayEdit} loadedAt={data?.loadedAt} busy={accounts.isFetching} layer={mayEdit ? search.open : undefined} onLayer={setLayer} onRefresh={refresh} onPeek={onPeek} />
      {isLate && <Loading narrow={narrow} />}
      {error && !data && (
        <div className="panel pt-4">
          <ErrorState error={error} onRetry={refresh} what={t('accounts.failed')} />
        </div>
      )}
      {data && data.total === 0 && <NoAccounts mayEdit={mayEdit} onLayer={setLayer} />}
      {data && data.total > 0 && (
        <>
          <ViewBar me={me} search={search} state={state} opened={opened} onOpen={setOpened} onChange={onChange} />
          {error && <StaleBanner error={error} onRetry={refresh} />}
          <LoadedList
            list={data}
            accounts={accounts}
            me={me}
            page={page}
            columns={columns}
            columnKeys={keys}
            search={search}
            peek={peek}
            narrow={narrow}
            currency={currency}
            changes={<ViewChanges me={me} state={state} onSave={() => void actions.save()} onSaveAs={() => setOpened('save')} onReset={() => onChange({ q: undefined, level: undefined, criteria: undefined, sort: undefined, cols: undefined, layout: undefined, ...current.search })} />}
            onChange={onChange}
            onColumns={onColumns}
            onPeek={onPeek}
          />
        </>
      )}
    </div>
  )
}
