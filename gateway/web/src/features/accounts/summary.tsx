// Four figures of the accounts that match, and the ring of their health.
import type { ReactNode } from 'react'
import { count, money, moneyShort, percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import { HealthCard } from './health-card'
import type { LevelFilter } from '@/lib/levels'
import type { AccountList } from './use-accounts'

type Props = {
  list: AccountList
  currency: string
  level: LevelFilter | undefined
  onLevel: (level: LevelFilter | undefined) => void
}

export function Summary({ list, currency, level, onLevel }: Props) {
  const { accounts, arr, at_risk, renewing, at_risk_renewing } = list.summary
  const short = (n: number) => moneyShort(n, currency)
  return (
    <section aria-label={t('accounts.summary')} className="grid grid-cols-[minmax(0,1fr)] gap-4 xl:grid-cols-[minmax(0,1fr)_auto]">
      <dl className="panel grid! grid-cols-2 overflow-hidden md:grid-cols-4 *:border-hairline max-md:*:nth-[2n]:border-s max-md:*:nth-[n+3]:border-t md:*:not-first:border-s">
        <Tile label={t('sum.accounts')} value={count(accounts)} note={accounts === list.total ? '' : t('sum.of', { total: list.total })}>
          {unscoredText(list)}
        </Tile>
        <Tile label={t('sum.arr')} value={<Short n={arr} currency={currency} />}>
          {t('sum.average', { money: short(accounts ? arr / accounts : 0) })}
        </Tile>
        <Tile label={t('sum.atRisk')} value={count(at_risk.accounts)}>
          {t('sum.atRiskText', { money: short(at_risk.arr), share: percent(arr ? at_risk.arr / arr : 0) })}
        </Tile>
        <Tile label={t('sum.renewal')} value={count(renewing.accounts)}>
          {renewing.accounts ? t('sum.renewalText', { money: short(renewing.arr), risk: short(at_risk_renewing.arr) }) : t('sum.renewalNone')}
        </Tile>
      </dl>
      <HealthCard levels={list.levels} currency={currency} level={level} onLevel={onLevel} />
    </section>
  )
}

function unscoredText({ found, levels, filter }: AccountList) {
  const unscored = filter.level === undefined || filter.level === 'none' ? levels.none.accounts : 0
  if (unscored > 0) return t('sum.noData', { n: unscored })
  return found > 0 ? t('sum.allScored') : t('sum.noneShown')
}

function Tile({ label, value, note, children }: { label: string; value: ReactNode; note?: string; children: ReactNode }) {
  return (
    <div className="flex flex-col justify-center px-4 py-3.5">
      <dt className="text-[13px] text-muted-foreground">{label}</dt>
      <dd>
        <span className="text-[22px] leading-7.5 font-semibold tracking-[-0.02em] tabular-nums">{value}</span>
        {note && <span className="ms-1.5 text-muted-foreground">{note}</span>}
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
