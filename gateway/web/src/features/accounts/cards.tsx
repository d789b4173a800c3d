// The list as cards, on screens too narrow for the table.
import { t } from '@/lib/i18n'
import { ArrCell, NameCell, Nothing, RenewalCell, StageCell, StatusCell } from './cells'
import { HealthChange, HealthMark, HealthParts } from './health'
import type { Row } from './list'

export function AccountCards({ rows, currency }: { rows: Row[]; currency: string }) {
  return (
    <ul aria-label={t('accounts.title')} className="space-y-2">
      {rows.map((row) => (
        <li key={row.id} className="rounded-xl border bg-card p-3.5 shadow-xs">
          <div className="flex items-start justify-between gap-3">
            <h2 className="min-w-0 text-[15px] break-words">
              <NameCell row={row} />
            </h2>
            <span className="shrink-0 text-[15px] font-semibold">
              <ArrCell arr={row.arr} currency={currency} />
            </span>
          </div>
          <div className="mt-2 flex items-center justify-between gap-3">
            <span className="flex items-center gap-2">
              <HealthMark account={row} />
              <HealthChange change={row.score_change_30d} />
            </span>
            <HealthParts account={row} />
          </div>
          <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-2.5 border-t pt-3 text-[13px] [&_dt]:text-xs [&_dt]:text-muted-foreground">
            <div>
              <dt>{t('col.stage')}</dt>
              <dd>
                <StageCell account={row} />
              </dd>
            </div>
            <div>
              <dt>{t('col.renewal')}</dt>
              <dd>
                <RenewalCell account={row} />
              </dd>
            </div>
            <div>
              <dt>{t('col.csm')}</dt>
              <dd>{row.csm_name ?? <Nothing />}</dd>
            </div>
            <div>
              <dt>{t('col.status')}</dt>
              <dd className="flex flex-wrap gap-x-1.5">
                <StatusCell status={row.status} />
                {row.industry && <span className="text-muted-foreground">{row.industry}</span>}
              </dd>
            </div>
          </dl>
        </li>
      ))}
    </ul>
  )
}
