// The ring of health levels with its legend as a table; a level in the legend filters the list.
import { Donut } from '@/components/chart/donut'
import { cn } from '@/lib/cn'
import { count, moneyShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Account } from './api'
import { levelColor, LevelShape } from './health'
import { byLevel } from './list'
import type { LevelFilter } from './search'

const levels: LevelFilter[] = ['Healthy', 'At Risk', 'Critical', 'none']

type Props = { accounts: Account[]; currency: string; level: LevelFilter | undefined; onLevel: (level: LevelFilter | undefined) => void }

export function HealthCard({ accounts, currency, level, onLevel }: Props) {
  const totals = byLevel(accounts)
  const parts = levels.map((l) => `${t(`health.${l}`)} ${totals[l].count}`).join(', ')
  const slices = levels.map((l) => ({ key: l, value: totals[l].count, color: levelColor[l] }))
  return (
    <div className="flex items-center gap-4 rounded-xl border bg-card px-4 py-2.5 max-sm:gap-2 max-sm:px-3 shadow-xs xl:w-80">
      <Donut slices={slices} label={t('health.sentence', { n: accounts.length, parts })} center={count(accounts.length)} />
      <table className="w-full max-w-80 text-[13px]">
        <caption className="sr-only">{t('health.caption')}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('health.level')}</th>
            <th scope="col">{t('sum.accounts')}</th>
            <th scope="col">{t('col.arr')}</th>
          </tr>
        </thead>
        <tbody>
          {levels.map((l) => (
            <tr key={l}>
              <th scope="row" className="p-0 font-normal">
                <button
                  type="button"
                  aria-pressed={level === l}
                  onClick={() => onLevel(level === l ? undefined : l)}
                  className={cn('-ml-1.5 flex h-6 w-full items-center gap-2 rounded px-1.5 text-left whitespace-nowrap hover:bg-accent', level === l && 'bg-accent font-medium')}
                >
                  <LevelShape level={l} />
                  {t(`health.${l}`)}
                </button>
              </th>
              <td className="pl-2 text-right font-medium tabular-nums">{count(totals[l].count)}</td>
              <td className="pl-2.5 text-right text-muted-foreground tabular-nums">{moneyShort(totals[l].arr, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
