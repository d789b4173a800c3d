// The list as cards, on screens too narrow for the table.
import { t } from '@/lib/i18n'
import type { CellProps } from './cells'
import { columns } from './columns'
import type { Row } from './family'

export function AccountCards({ rows, currency }: { rows: Row[]; currency: string }) {
  return (
    <ul aria-label={t('accounts.title')} className="panel overflow-hidden">
      {rows.map((row) => (
        <AccountCard key={row.id} row={row} currency={currency} />
      ))}
    </ul>
  )
}

function AccountCard(props: CellProps) {
  const cells = (place: 'title' | 'figure' | 'line') => columns.filter(({ card }) => card === place).map(({ key, Cell }) => <Cell key={key} {...props} />)
  return (
    <li className="border-hairline px-4 py-3 not-first:border-t">
      <div className="flex items-start justify-between gap-3">
        <h2 className="min-w-0 wrap-anywhere">{cells('title')}</h2>
        <span className="shrink-0 font-semibold">{cells('figure')}</span>
      </div>
      <div className="mt-2">{cells('line')}</div>
      <dl className="mt-2.5 grid grid-cols-2 gap-x-4 gap-y-2 text-[13px] [&_dt]:text-xs [&_dt]:text-muted-foreground">
        {columns
          .filter(({ card }) => card === undefined)
          .map(({ key, header, Cell }) => (
            <div key={key}>
              <dt>{t(header)}</dt>
              <dd>
                <Cell {...props} />
              </dd>
            </div>
          ))}
      </dl>
    </li>
  )
}
