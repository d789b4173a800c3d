// Sorting where there are no column headers to press.
import { t } from '@/lib/i18n'
import { columns } from './columns'
import type { Sort } from './search'

export function SortSelect({ sort, onSort }: { sort: Sort | undefined; onSort: (sort: Sort | undefined) => void }) {
  return (
    <label className="flex min-w-0 flex-1 items-center gap-2 text-[13px] text-muted-foreground">
      <span className="shrink-0">{t('accounts.sort')}</span>
      <select
        value={sort ?? ''}
        onChange={(event) => onSort(event.target.value === '' ? undefined : (event.target.value as Sort))}
        className="field-box px-2! text-foreground"
      >
        <option value="">{t('accounts.sortFamilies')}</option>
        {columns.flatMap(({ key, header }) =>
          (['asc', 'desc'] as const).map((direction) => (
            <option key={key + direction} value={direction === 'asc' ? key : `-${key}`}>
              {t('accounts.sortOption', { column: t(header), direction: t(`accounts.${direction}`) })}
            </option>
          )),
        )}
      </select>
    </label>
  )
}
