// The numbers behind a chart, as a table.
import type { ReactNode } from 'react'
import { AccountLink } from '@/components/account-link'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { t } from '@/lib/i18n'
import type { Cell } from '@/lib/csv'

export type TableData = {
  head: { label: string; end?: boolean; /** how a value is shown; in the file it stays as it is */ show?: (value: Cell) => ReactNode }[]
  rows: Cell[][]
  /** the account of a row, whose page its name leads to */
  accountOf?: (row: number) => string
}

export function DataTable({ title, data: { head, rows, accountOf } }: { title: string; data: TableData }) {
  return (
    <ScrollRegion className="scroll max-h-80 overflow-y-auto border-t border-hairline" label={t('chart.data', { title })}>
      <table className="tbl">
        <caption className="sr-only">{t('chart.data', { title })}</caption>
        <thead>
          <tr>
            {head.map((column) => (
              <th key={column.label} scope="col" className={column.end ? 'end sticky top-0' : 'sticky top-0'}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            // two rows may be the same; none moves
            // eslint-disable-next-line react/no-array-index-key
            <tr key={place}>
              {row.map((cell, i) => (
                <td key={head[i]!.label} className={head[i]!.end ? 'end' : undefined}>
                  {i === 0 && accountOf ? (
                    <AccountLink id={accountOf(place)} className="to">
                      <bdi>{cell}</bdi>
                    </AccountLink>
                  ) : (
                    (head[i]!.show?.(cell) ?? cell ?? <span className="quiet">{t('none')}</span>)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
