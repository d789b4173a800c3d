// Above the list: filter text, chips, what was changed of a view; at the end how the list looks.
import { useEffect, type ReactNode } from 'react'
import { Columns3, Rows3, Rows4 } from 'lucide-react'
import { ColumnList } from '@/components/data-table/column-list'
import { buttonClass, IconButton } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { Segmented } from '@/components/ui/segmented'
import { announce } from '@/lib/announce'
import { t } from '@/lib/i18n'
import { preferences } from '@/lib/preferences'
import { FilterChips } from '@/components/account-filter/filter-chips'
import { FilterInput } from '@/components/account-filter/filter-input'
import { LevelChip } from '@/components/account-filter/level-chip'
import { keepDensity } from './preferences-api'
import type { AccountSearch, ColumnKey } from './search'
import { SortSelect } from './sort-select'
import type { PageContext } from './use-page'

type Props = {
  search: AccountSearch
  page: PageContext
  columns: ColumnKey[]
  found: number
  total: number
  /** whether the numbers are still those of an earlier filter */
  isOutdated: boolean
  narrow: boolean
  /** what was changed of the view, and what can be done about it */
  changes: ReactNode
  onText: (q: string) => void
  onChange: (part: Partial<AccountSearch>) => void
  onColumns: (columns: ColumnKey[]) => void
}

export function Toolbar({ search, page, columns, found, total, isOutdated, narrow, changes, onText, onChange, onColumns }: Props) {
  const result = found === total ? t('accounts.count', { n: total }) : t('accounts.countOf', { n: found, total })
  const filtered = search.q !== undefined || search.level !== undefined || search.criteria !== undefined
  useEffect(() => {
    if (filtered && !isOutdated) announce(result)
  }, [filtered, isOutdated, result])
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterInput value={search.q ?? ''} onChange={onText} />
      {search.level && <LevelChip level={search.level} onDrop={() => onChange({ level: undefined })} />}
      <FilterChips criteria={search.criteria} builder={page.builder} onChange={(criteria) => onChange({ criteria })} />
      {changes}
      <div className="ms-auto flex flex-wrap items-center gap-1 max-md:w-full">
        <p className="quiet small num me-2">{result}</p>
        <span className="max-md:ms-auto">
          <Segmented label={t('accounts.layout')} value={search.layout ?? 'flat'} options={[{ value: 'flat', label: t('accounts.flat') }, { value: 'tree', label: t('accounts.tree') }]} onChange={(layout) => onChange({ layout: layout === 'tree' ? layout : undefined })} />
        </span>
        {!narrow && (
          <>
            <Popover label={t('accounts.columns')} className="w-72 max-h-120 overflow-y-auto p-2!" trigger={{ className: buttonClass('ghost', 'icon'), label: t('accounts.columns'), title: t('accounts.columns'), children: <Columns3 aria-hidden /> }}>
              {() => <ColumnList all={page.columns} chosen={columns} onChange={onColumns} />}
            </Popover>
            <Density />
          </>
        )}
        {narrow && search.layout !== 'tree' && <SortSelect sort={search.sort} columns={page.columns} onSort={(sort) => onChange({ sort })} />}
      </div>
    </div>
  )
}

function Density() {
  const { density } = preferences.use()
  const compact = density === 'compact'
  const Icon = compact ? Rows4 : Rows3
  return (
    <IconButton label={t('accounts.compact')} aria-pressed={compact} onClick={() => keepDensity(compact ? 'comfortable' : 'compact')}>
      <Icon aria-hidden />
    </IconButton>
  )
}
