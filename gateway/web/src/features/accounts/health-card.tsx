// The ring of health levels with a table as its legend; a level in the legend filters the list. What is uncertain or paused is
// a part of its own where there is any.
import { Donut } from '@/components/chart/donut'
import { cn } from '@/lib/cn'
import { count, moneyShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { ByLevel } from './api'
import { levelColor, LevelShape } from './health'
import { bandOf, LEVEL_FILTERS, type LevelFilter } from '@/lib/levels'

type Props = { levels: ByLevel; currency: string; level: LevelFilter | undefined; onLevel: (level: LevelFilter | undefined) => void }

export function HealthCard({ levels, currency, level, onLevel }: Props) {
  const shown = LEVEL_FILTERS.filter((l) => (l !== 'uncertain' && l !== 'paused') || levels[l].accounts > 0 || level === l)
  const slices = shown.map((l) => ({ key: l, value: levels[l].accounts, color: levelColor(l) }))
  const total = slices.reduce((sum, { value }) => sum + value, 0)
  const parts = slices.map(({ key, value }) => `${t(`health.${bandOf[key]}`)} ${value}`).join(', ')
  return (
    <div className="panel flex-row! items-center gap-4 px-4 py-2.5 max-sm:gap-2 max-sm:px-3 xl:w-80">
      <Donut slices={slices} label={t('health.sentence', { n: total, parts })} center={count(total)} size={92} />
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
          {shown.map((l) => (
            <tr key={l}>
              <th scope="row" className="p-0 font-normal">
                <button
                  type="button"
                  aria-pressed={level === l}
                  onClick={() => onLevel(level === l ? undefined : l)}
                  className={cn('-ms-1.5 flex h-6 w-full items-center gap-2 rounded px-1.5 text-start whitespace-nowrap hover:bg-accent', level === l && 'bg-accent font-medium')}
                >
                  <LevelShape level={l} />
                  {t(`health.${bandOf[l]}`)}
                </button>
              </th>
              <td className="ps-2 text-end font-medium tabular-nums">{count(levels[l].accounts)}</td>
              <td className="ps-2.5 text-end text-muted-foreground tabular-nums">{moneyShort(levels[l].arr, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
