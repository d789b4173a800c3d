// Four figures of what the list shows, and the ring of its health.
import type { ReactNode } from 'react'
import { count, money, moneyShort, percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Account } from './api'
import { HealthCard } from './health-card'
import { summarise } from './list'
import type { LevelFilter } from './search'

type Props = {
  /** what the list shows */
  shown: Account[]
  /** the same without the level filter, so that the ring keeps its other parts */
  anyLevel: Account[]
  total: number
  currency: string
  level: LevelFilter | undefined
  onLevel: (level: LevelFilter | undefined) => void
}

export function Summary({ shown, anyLevel, total, currency, level, onLevel }: Props) {
  const { all, atRisk, renewal, renewalAtRisk, unscored } = summarise(shown)
  const short = (n: number) => moneyShort(n, currency)
  return (
    <section aria-label={t('accounts.summary')} className="grid grid-cols-[minmax(0,1fr)] gap-3 xl:grid-cols-[minmax(0,1fr)_auto]">
      <dl className="grid grid-cols-2 overflow-hidden rounded-xl border bg-card shadow-xs md:grid-cols-4 max-md:[&>div:nth-child(even)]:border-l max-md:[&>div:nth-child(n+3)]:border-t md:[&>div+div]:border-l">
        <Tile label={t('sum.accounts')} value={count(all.count)} beside={all.count === total ? '' : t('sum.of', { total })}>
          {unscored ? t('sum.noData', { n: unscored }) : all.count ? t('sum.allScored') : t('sum.noneShown')}
        </Tile>
        <Tile label={t('sum.arr')} value={<Short n={all.arr} currency={currency} />}>
          {t('sum.average', { money: short(all.count ? all.arr / all.count : 0) })}
        </Tile>
        <Tile label={t('sum.atRisk')} value={count(atRisk.count)}>
          {t('sum.atRiskText', { money: short(atRisk.arr), share: percent(all.arr ? atRisk.arr / all.arr : 0) })}
        </Tile>
        <Tile label={t('sum.renewal')} value={count(renewal.count)}>
          {renewal.count ? t('sum.renewalText', { money: short(renewal.arr), risk: short(renewalAtRisk.arr) }) : t('sum.renewalNone')}
        </Tile>
      </dl>
      <HealthCard accounts={anyLevel} currency={currency} level={level} onLevel={onLevel} />
    </section>
  )
}

function Tile({ label, value, beside, children }: { label: string; value: ReactNode; beside?: string; children: ReactNode }) {
  return (
    <div className="flex flex-col justify-center px-4 py-3.5">
      <dt className="text-[13px] text-muted-foreground">{label}</dt>
      <dd>
        <span className="text-[26px] leading-9 font-semibold tracking-tight tabular-nums">{value}</span>
        {beside && <span className="ml-1.5 text-muted-foreground">{beside}</span>}
        <span className="block text-[13px] text-muted-foreground tabular-nums">{children}</span>
      </dd>
    </div>
  )
}

function Short({ n, currency }: { n: number; currency: string }) {
  return (
    <span title={money(n, currency)}>
      <span aria-hidden>{moneyShort(n, currency)}</span>
      <span className="sr-only">{money(n, currency)}</span>
    </span>
  )
}
