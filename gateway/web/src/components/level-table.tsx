// How many accounts, and how much ARR, are at each level; a level or its amount opens the accounts behind it.
import type { Criteria } from '@/lib/criteria'
import { cn } from '@/lib/cn'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Band } from '@/lib/levels'
import { LevelShape } from './health'
import { ListLink } from './list-link'
import { Money } from './money'

export type LevelRow = { band: Band; label?: string; hollow?: boolean; accounts: number; arr: number; list: Criteria | null }
type Props = { caption: string; rows: LevelRow[]; currency: string; /** which of the two opens the list */ opens: 'level' | 'amount'; tight?: boolean }

export function LevelTable({ caption, rows, currency, opens, tight }: Props) {
  const pad = tight ? 'py-0.5' : 'py-0.75'
  return (
    <table className="small">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('health.level')}</th>
          <th scope="col">{t('tile.accounts')}</th>
          <th scope="col">{t('col.arr')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ band, label = t(`health.${band}`), hollow, accounts, arr, list }) => (
          <tr key={label}>
            <th scope="row" className={pad}>
              <span className="inline-flex items-center gap-2">
                <LevelShape band={band} hollow={hollow} />
                {opens === 'level' ? <ListLink criteria={list}>{label}</ListLink> : label}
              </span>
            </th>
            <td className={cn('quiet num text-end', pad)}>{count(accounts)}</td>
            <td className={cn('num text-end', pad)}>
              {opens === 'amount' ? (
                <ListLink criteria={list}>
                  <Money amount={arr} currency={currency} />
                </ListLink>
              ) : (
                <Money amount={arr} currency={currency} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
