// The list as a table, from 768 px on.
import { SortHeader } from '@/components/data-table/sort-header'
import { t } from '@/lib/i18n'
import { ArrCell, NameCell, Nothing, RenewalCell, StageCell, StatusCell } from './cells'
import { HealthChange, HealthMark, HealthParts } from './health'
import type { Row } from './list'
import { COLUMNS, readSort, type Column, type Sort } from './search'

const width: Record<Column, string> = {
  name: 'min-w-48',
  health: 'w-52',
  arr: 'w-24',
  stage: 'min-w-34',
  csm: 'w-44 min-w-28',
  status: 'w-22',
  renewal: 'w-30',
  industry: 'min-w-26',
}

type Props = { rows: Row[]; total: number; sort: Sort | undefined; onSort: (column: Column) => void; currency: string }

export function AccountTable({ rows, total, sort, onSort, currency }: Props) {
  const { column, direction } = readSort(sort)
  return (
    // a region of its own, so that a narrow window scrolls the table and not the page; wide ones keep the header in sight
    <section aria-label={t('accounts.table')} className="overflow-x-auto rounded-xl border bg-card shadow-xs min-[1240px]:overflow-visible">
      <table className="w-full border-separate border-spacing-0 text-[13.5px]" aria-rowcount={total + 1}>
        <caption className="sr-only">{t('accounts.title')}</caption>
        <thead className="z-10 text-left min-[1240px]:sticky min-[1240px]:top-12">
          <tr aria-rowindex={1}>
            {COLUMNS.map((name) => (
              <SortHeader
                key={name}
                direction={name === column ? direction : undefined}
                end={name === 'arr'}
                onSort={() => onSort(name)}
                className={`${width[name]} border-b bg-muted first:pl-1.5 first:rounded-tl-[11px] last:rounded-tr-[11px]`}
              >
                {t(`col.${name}`)}
              </SortHeader>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:border-b-0 [&>tr:last-child>:first-child]:rounded-bl-[11px] [&>tr:last-child>:last-child]:rounded-br-[11px]">
          {rows.map((row, i) => (
            <AccountRow key={row.id} row={row} index={i + 2} currency={currency} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

const cell = 'h-13 border-b px-2.5 py-1.5 first:pl-4 last:pr-4'

function AccountRow({ row, index, currency }: { row: Row; index: number; currency: string }) {
  return (
    <tr aria-rowindex={index} className="[&:hover>*]:bg-muted">
      <th scope="row" className={`${cell} bg-card text-left font-normal max-[1239px]:sticky max-[1239px]:left-0 max-[1239px]:border-r`}>
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
      <td className={`${cell} leading-snug break-words`}>
        <span className="line-clamp-2">{row.csm_name ?? <Nothing />}</span>
      </td>
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
