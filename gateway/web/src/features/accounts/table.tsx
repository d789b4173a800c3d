// The list as a table, from 768 px on.
import { SortHeader } from '@/components/data-table/sort-header'
import { t } from '@/lib/i18n'
import { ArrCell, NameCell, Nothing, RenewalCell, StageCell, StatusCell } from './cells'
import { HealthChange, HealthMark, HealthParts } from './health'
import type { Row } from './list'
import { COLUMNS, readSort, type Column, type Sort } from './search'

const width: Record<Column, string> = {
  name: 'min-w-48',
  health: 'w-56',
  arr: 'w-24',
  stage: 'min-w-36',
  csm: 'min-w-32',
  status: 'w-24',
  renewal: 'w-32',
  industry: 'min-w-28',
}

type Props = { rows: Row[]; total: number; sort: Sort | undefined; onSort: (column: Column) => void; currency: string }

export function AccountTable({ rows, total, sort, onSort, currency }: Props) {
  const { column, direction } = readSort(sort)
  return (
    // a region of its own, so that a narrow window scrolls the table and not the page; wide ones keep the header in sight
    <section aria-label={t('accounts.table')} tabIndex={-1} className="overflow-x-auto rounded-xl border bg-card shadow-xs min-[1240px]:overflow-visible">
      <table className="w-full border-separate border-spacing-0 text-[13.5px]" aria-rowcount={total + 1}>
        <caption className="sr-only">{t('accounts.title')}</caption>
        <thead className="sticky top-12 z-10 text-left">
          <tr aria-rowindex={1}>
            {COLUMNS.map((name) => (
              <SortHeader
                key={name}
                direction={name === column ? direction : undefined}
                end={name === 'arr'}
                onSort={() => onSort(name)}
                className={`${width[name]} border-b bg-muted first:rounded-tl-[11px] last:rounded-tr-[11px]`}
              >
                {t(`col.${name}`)}
              </SortHeader>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:border-b-0">
          {rows.map((row, i) => (
            <AccountRow key={row.id} row={row} index={i + 2} currency={currency} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

const cell = 'h-13 border-b px-3 py-1.5'

function AccountRow({ row, index, currency }: { row: Row; index: number; currency: string }) {
  return (
    <tr aria-rowindex={index} className="hover:bg-accent/50">
      <th scope="row" className={`${cell} text-left font-normal`}>
        <NameCell row={row} />
      </th>
      <td className={cell}>
        <div className="flex items-center gap-3">
          <div className="flex min-w-0 flex-1 items-center justify-between gap-2">
            <HealthMark account={row} />
            <HealthChange change={row.score_change_30d} />
          </div>
          <HealthParts account={row} />
        </div>
      </td>
      <td className={`${cell} text-right`}>
        <ArrCell arr={row.arr} currency={currency} />
      </td>
      <td className={cell}>
        <StageCell account={row} />
      </td>
      <td className={cell}>{row.csm_name ?? <Nothing />}</td>
      <td className={cell}>
        <StatusCell status={row.status} />
      </td>
      <td className={cell}>
        <RenewalCell account={row} />
      </td>
      <td className={cell}>{row.industry ?? <Nothing />}</td>
    </tr>
  )
}
