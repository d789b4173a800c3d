// The list as a table, from 768 px on.
import { SortHeader } from '@/components/data-table/sort-header'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import type { CellProps } from './cells'
import { columns, type ColumnKey } from './columns'
import type { Row } from './family'
import { readSort, type Sort } from './search'

type Props = { rows: Row[]; total: number; sort: Sort | undefined; onSort: (column: ColumnKey) => void; currency: string }

export function AccountTable({ rows, total, sort, onSort, currency }: Props) {
  const chosen = readSort(sort)
  return (
    // a region of its own, so that a narrow window scrolls the table and not the page; wide ones keep the header in sight
    <section aria-label={t('accounts.table')} className="panel overflow-x-auto min-[1240px]:overflow-visible">
      <table className="tbl" aria-rowcount={total + 1}>
        <caption className="sr-only">{t('accounts.title')}</caption>
        <thead className="z-10 min-[1240px]:sticky min-[1240px]:top-12">
          <tr aria-rowindex={1}>
            {columns.map(({ key, header, width, align }) => (
              <SortHeader
                key={key}
                direction={key === chosen?.key ? chosen.direction : undefined}
                end={align === 'end'}
                onSort={() => onSort(key)}
                className={`${width} p-0! first:ps-2! first:rounded-tl-[11px] last:rounded-tr-[11px]`}
              >
                {t(header)}
              </SortHeader>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>:first-child]:rounded-bl-[11px] [&>tr:last-child>:last-child]:rounded-br-[11px]">
          {rows.map((row, i) => (
            <AccountRow key={row.id} index={i + 2} row={row} currency={currency} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

const cell = 'h-13!'
const rowHeader = 'bg-card max-[1239px]:sticky max-[1239px]:start-0 max-[1239px]:border-e'

/** The first column names the row. */
function AccountRow({ index, ...props }: CellProps & { index: number }) {
  return (
    <tr aria-rowindex={index}>
      {columns.map(({ key, align, Cell }, place) =>
        place === 0 ? (
          <th key={key} scope="row" className={cn(cell, rowHeader)}>
            <Cell {...props} />
          </th>
        ) : (
          <td key={key} className={cn(cell, align === 'end' && 'text-end')}>
            <Cell {...props} />
          </td>
        ),
      )}
    </tr>
  )
}
