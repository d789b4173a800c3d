// Sorting where there are no column headers to press.
import { t } from '@/lib/i18n'
import { COLUMNS, type Sort } from './search'

export function SortSelect({ sort, onSort }: { sort: Sort | undefined; onSort: (sort: Sort | undefined) => void }) {
  return (
    <label className="flex min-w-0 flex-1 items-center gap-2 text-[13px] text-muted-foreground">
      {t('accounts.sort')}
      <select
        value={sort ?? 'name'}
        onChange={(event) => onSort(event.target.value === 'name' ? undefined : (event.target.value as Sort))}
        className="h-9 min-w-0 flex-1 rounded-md border border-input bg-card px-2 text-foreground"
      >
        {COLUMNS.flatMap((column) =>
          (['asc', 'desc'] as const).map((direction) => (
            <option key={column + direction} value={direction === 'asc' ? column : `-${column}`}>
              {t('accounts.sortOption', { column: t(`col.${column}`), direction: t(`accounts.${direction}`) })}
            </option>
          )),
        )}
      </select>
    </label>
  )
}
