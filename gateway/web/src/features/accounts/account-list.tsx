// The loaded list: filtered and sorted as the address says, a hundred rows at a time.
import { useCallback, useMemo, useState } from 'react'
import { Building2, SearchX } from 'lucide-react'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import { LIMIT, type Account } from './api'
import { AccountCards } from './cards'
import { filterLevel, filterText, sortAccounts } from './list'
import { nextSort, type AccountSearch, type LevelFilter } from './search'
import { Summary } from './summary'
import { AccountTable } from './table'
import { Toolbar } from './toolbar'

const STEP = 100

type Props = {
  accounts: Account[]
  search: AccountSearch
  onChange: (part: Partial<AccountSearch>, replace?: boolean) => void
  narrow: boolean
  currency: string
}

export function AccountList({ accounts, search, onChange, narrow, currency }: Props) {
  const { q, level, sort } = search
  const [limit, setLimit] = useState(STEP)
  const anyLevel = useMemo(() => filterText(accounts, q), [accounts, q])
  const rows = useMemo(() => sortAccounts(filterLevel(anyLevel, level), sort), [anyLevel, level, sort])
  const onText = useCallback((text: string) => onChange({ q: text || undefined }, true), [onChange])
  const onLevel = (next: LevelFilter | undefined) => onChange({ level: next })

  if (accounts.length === 0) return <NoAccounts />
  const visible = rows.slice(0, limit)
  const hidden = rows.length - visible.length
  return (
    <>
      <Summary shown={rows} anyLevel={anyLevel} total={accounts.length} currency={currency} level={level} onLevel={onLevel} />
      <Toolbar search={search} shown={rows.length} total={accounts.length} narrow={narrow} onText={onText} onLevel={onLevel} onSort={(next) => onChange({ sort: next })} />
      {rows.length === 0 ? (
        <NoResult q={q} level={level} onClear={() => onChange({ q: undefined, level: undefined })} />
      ) : narrow ? (
        <AccountCards rows={visible} currency={currency} />
      ) : (
        <AccountTable rows={visible} total={rows.length} sort={sort} onSort={(column) => onChange({ sort: nextSort(sort, column) })} currency={currency} />
      )}
      {hidden > 0 && (
        <div className="text-center">
          <Button look="outline" onClick={() => setLimit(limit + STEP)}>
            {t('accounts.more', { n: Math.min(STEP, hidden) })}
          </Button>
        </div>
      )}
      {accounts.length >= LIMIT && <p className="text-[13px] text-muted-foreground">{t('accounts.first', { n: count(LIMIT) })}</p>}
    </>
  )
}

function NoAccounts() {
  return (
    <div className="rounded-xl border bg-card shadow-xs">
      <State icon={<Building2 aria-hidden />} title={t('accounts.emptyTitle')}>
        {t('accounts.emptyText')}
      </State>
    </div>
  )
}

function NoResult({ q, level, onClear }: { q?: string; level?: LevelFilter; onClear: () => void }) {
  const filters = [q && `“${q}”`, level && t(`health.${level}`)].filter(Boolean).join(' + ')
  return (
    <div className="rounded-xl border bg-card shadow-xs">
      <State icon={<SearchX aria-hidden />} title={t('accounts.noResultTitle')} action={<Button look="outline" onClick={onClear}>{t('accounts.clear')}</Button>}>
        {t('accounts.noResultText', { filters })}
      </State>
    </div>
  )
}
