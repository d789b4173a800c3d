// Sorting where there are no column headers to press.
import { t } from '@/lib/i18n'
import type { Column } from './columns'
import { STANDARD_SORT } from './search'

export function SortSelect({ sort, columns, onSort }: { sort: string | undefined; columns: Column[]; onSort: (sort: string | undefined) => void }) {
  return (
    <label className="flex w-full min-w-0 items-center gap-2 text-[13px] text-muted-foreground">
      <span className="shrink-0">{t('accounts.sort')}</span>
      <select value={sort ?? STANDARD_SORT} onChange={(event) => onSort(event.target.value === STANDARD_SORT ? undefined : event.target.value)} className="field-box px-2! text-foreground">
        {sort?.includes(',') && <option value={sort}>{t('accounts.sortSeveral')}</option>}
        {columns.filter(({ sorts }) => sorts).flatMap(({ key, header }) =>
          (['asc', 'desc'] as const).map((direction) => (
            <option key={key + direction} value={direction === 'asc' ? key : `-${key}`}>
              {t('accounts.sortOption', { column: header, direction: t(`accounts.${direction}`) })}
            </option>
          )),
        )}
      </select>
    </label>
  )
}
