// The loaded list: figures, toolbar, rows as table or cards, and what is selected.
import { lazy, Suspense, useCallback, useEffect, useMemo, type ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { ArrowUp } from 'lucide-react'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { bandOf } from '@/lib/levels'
import { peekOrder, walkOrder } from '@/lib/peek-order'
import { sentenceOf } from '@/components/criteria-builder/sentence'
import { findCriteria } from './api'
import { SelectionBar } from './bulk/selection-bar'
import { useSelection } from './bulk/use-selection'
import { useCellSave } from './edit/use-cell-save'
import { AccountCards } from './cards'
import type { Column } from './columns'
import { FilterProblem } from './filter-problem'
import type { Filter } from '@/lib/account-filter'
import { nextSort, serverSort, type AccountSearch, type ColumnKey } from './search'
import { Strip } from './strip'
import { AccountTable, type ListProps } from './table'
import { Toolbar } from './toolbar'
import type { AccountList, useAccounts } from './use-accounts'
import { useExport } from './use-export'
import type { PageContext } from './use-page'
import { useRowKeys } from './use-row-keys'
import { useWeeks } from './weeks-api'

const TreeList = lazy(() => import('./tree/tree-list').then((m) => ({ default: m.TreeList })))

type Props = {
  list: AccountList
  accounts: ReturnType<typeof useAccounts>
  me: { permissions: string[] }
  page: PageContext
  columns: Column[]
  columnKeys: ColumnKey[]
  search: AccountSearch
  peek: string | undefined
  narrow: boolean
  currency: string
  changes: ReactNode
  onChange: (part: Partial<AccountSearch>, replace?: boolean) => void
  onColumns: (columns: ColumnKey[]) => void
  onPeek: (id: string | undefined) => void
}

export function LoadedList({ list, accounts, me, page, columns, columnKeys, search, peek, narrow, currency, changes, onChange, onColumns, onPeek }: Props) {
  const client = useQueryClient()
  const { rows, found, filter } = list
  const mayEdit = me.permissions.includes('account.edit')
  const maySelect = mayEdit || me.permissions.includes('stage.move')
  const { selection, toggle } = useSelection(rows, JSON.stringify(filter))
  const onText = useCallback((text: string) => onChange({ q: text || undefined }, true), [onChange])
  const onSort = useCallback((column: Column['key'], add: boolean) => onChange({ sort: nextSort(search.sort, column, add) }), [onChange, search.sort])
  const cell = useCellSave(page.cells)
  const file = useExport(t('bulk.fileName'), columns, page)
  const actions = useMemo(() => ({ peek: onPeek, select: maySelect ? toggle : undefined, edit: mayEdit ? cell.save : undefined }), [onPeek, toggle, maySelect, mayEdit, cell.save])
  useRowKeys(rows, peek, actions)
  // what j and k of the drawer walk through, and Alt with the arrows on the page of an account
  useEffect(() => {
    const order = rows.map((row) => row.id)
    peekOrder.set(order)
    if (order.length > 0) walkOrder.set(order)
    return () => peekOrder.set([])
  }, [rows])
  const clear = () => onChange({ q: undefined, level: undefined, criteria: undefined })
  const criteria = useCallback(() => findCriteria(client, filter), [client, filter])
  const gone = (id: string) => {
    if (id === peek) onPeek(undefined)
    // other pages count it too
    void client.invalidateQueries()
  }
  const weeks = useWeeks(rows, !narrow && search.layout !== 'tree' && columns.some(({ key }) => key === 'weeks'))
  const context = useMemo(() => ({ ...page.cells, weeks }), [page.cells, weeks])
  const shown: ListProps = { rows, found, columns, sort: search.sort, context, selection: maySelect ? selection : undefined, open: peek, actions, onSort, onMore: accounts.more }

  return (
    <div aria-busy={accounts.isOutdated} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Strip summary={list.summary} total={list.total} currency={currency} criteria={filter.q || filter.level ? undefined : filter.criteria} plain={Boolean(filter.q ?? filter.level)} />
      {list.problem && <FilterProblem problem={list.problem} criteria={filter.criteria} builder={page.builder} onChange={(next) => onChange({ criteria: next })} />}
      <Toolbar search={search} page={page} columns={columnKeys} found={found} total={list.total} isOutdated={accounts.isOutdated} narrow={narrow} changes={changes} onText={onText} onChange={onChange} onColumns={onColumns} />
      {accounts.waiting > 0 && (
        <Button look="outline" className="justify-self-start" onClick={accounts.refresh}>
          <ArrowUp aria-hidden />
          {t('accounts.changes', { n: accounts.waiting })}
        </Button>
      )}
      {rows.length === 0 ? (
        <NoResult filter={filter} page={page} onClear={clear} />
      ) : search.layout === 'tree' ? (
        <Suspense>
          <TreeList {...shown} narrow={narrow} filtered={Boolean(filter.q ?? filter.level ?? filter.criteria)} />
        </Suspense>
      ) : narrow ? (
        <AccountCards {...shown} />
      ) : (
        <AccountTable {...shown} />
      )}
      {cell.conflict}
      {maySelect && <SelectionBar selection={selection} rows={rows} found={list.summary} criteria={criteria} page={page} currency={currency} sort={search.layout === 'tree' ? 'tree' : serverSort(search.sort)} file={file} mayEdit={mayEdit} mayRun={me.permissions.includes('playbook.run')} mayDelete={me.permissions.includes('account.delete')} onGone={gone} />}
    </div>
  )
}

function NoResult({ filter: { q, level, criteria }, page, onClear }: { filter: Filter; page: PageContext; onClear: () => void }) {
  const filters = [q && `“${q}”`, level && t(`health.${bandOf[level]}`), criteria && sentenceOf(criteria, page.builder.vocabulary)].filter(Boolean).join(' + ')
  return (
    <div className="panel pt-4">
      <State title={t('accounts.noResultTitle')} action={<Button look="outline" onClick={onClear}>{t('accounts.clear')}</Button>}>
        {t('accounts.noResultText', { filters })}
      </State>
    </div>
  )
}
