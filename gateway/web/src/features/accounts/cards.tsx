// The list as cards, on screens too narrow for the table.
import { t } from '@/lib/i18n'
import type { CellProps } from './cells'
import { columns } from './columns'
import type { Row } from './family'

export function AccountCards({ rows, currency }: { rows: Row[]; currency: string }) {
  return (
    <ul aria-label={t('accounts.title')} className="space-y-2">
      {rows.map((row) => (
        <AccountCard key={row.id} row={row} currency={currency} />
      ))}
    </ul>
  )
}

function AccountCard(props: CellProps) {
  const cells = (place: 'title' | 'figure' | 'line') => columns.filter(({ card }) => card === place).map(({ key, Cell }) => <Cell key={key} {...props} />)
  return (
    <li className="rounded-xl border bg-card p-3.5 shadow-xs">
      <div className="flex items-start justify-between gap-3">
        <h2 className="min-w-0 text-[15px] break-words">{cells('title')}</h2>
        <span className="shrink-0 text-[15px] font-semibold">{cells('figure')}</span>
      </div>
      <div className="mt-2">{cells('line')}</div>
      <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-2.5 border-t pt-3 text-[13px] [&_dt]:text-xs [&_dt]:text-muted-foreground">
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
