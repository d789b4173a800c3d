// Revenue at risk: the one large number, which share of the whole it is, and what it is made of.
import type { ReactNode } from 'react'
import { Delta } from '@/components/health'
import { LevelTable, type LevelRow } from '@/components/level-table'
import { ListLink } from '@/components/list-link'
import { cn } from '@/lib/cn'
import { Disclosure } from '@/components/ui/disclosure'
import { allOf, where } from '@/lib/criteria'
import { money, moneyShort, percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Dashboard, Figure } from './api'

const FIGURE = 'num text-[32px] leading-10 font-semibold tracking-[-0.025em]'

type Props = { data: Dashboard; change: number | null; spark: ReactNode }

export function Hero({ data: { kpis, currency, distribution, has_scores }, change, spark }: Props) {
  const { revenue_at_risk: risk, total_arr: total } = kpis
  const middle: Figure = {
    accounts: risk.accounts - risk.critical.accounts,
    arr: risk.arr - risk.critical.arr,
    list: allOf(risk.list, where('risk_level', 'eq', 'At Risk')) ?? null,
  }
  const noData = distribution.find((one) => one.risk_level === 'No data')
  const share = (arr: number) => `${total.arr > 0 ? (arr / total.arr) * 100 : 0}%`
  const rows: LevelRow[] = [
    { band: 'Critical', ...risk.critical },
    { band: 'At Risk', ...middle },
    { band: 'At Risk', hollow: true, label: t('hero.uncertain'), ...risk.uncertain },
  ]
  return (
    <div className="grid content-start gap-0.5 px-4 pt-3.5 pb-4 max-[1099px]:border-b min-[1100px]:border-e">
      <p className="small quiet flex items-center gap-2">
        {t('hero.title')}
        <Disclosure label={t('hero.how')}>
          {t('hero.rule')} {t('hero.highValue', { money: money(risk.high_value.setting, currency) })}{' '}
          <ListLink criteria={risk.high_value.list}>{t('accounts.count', { n: risk.high_value.accounts })}</ListLink>, {moneyShort(risk.high_value.arr, currency)}.
          {noData && noData.accounts > 0 && ` ${t('hero.noData', { n: noData.accounts })}`}
        </Disclosure>
      </p>
      <p className="flex flex-wrap items-baseline gap-x-2">
        {has_scores ? (
          <ListLink criteria={risk.list} className={FIGURE} title={money(risk.arr, currency)}>
            {moneyShort(risk.arr, currency)}
          </ListLink>
        ) : (
          <span className={cn(FIGURE, 'quiet')}>{t('tile.unknown')}</span>
        )}
        <Delta change={change} size={percent} upIsGood={false} />
        <span className="ms-auto self-center">{spark}</span>
      </p>
      <div role="img" aria-label={t('hero.share', { share: percent(total.arr > 0 ? risk.arr / total.arr : 0) })} className="mt-2 mb-2.5 flex h-2.5 gap-0.5">
        {risk.critical.arr > 0 && <span className="rounded-xs bg-critical" style={{ width: share(risk.critical.arr) }} />}
        {middle.arr > 0 && <span className="rounded-xs bg-at-risk" style={{ width: share(middle.arr) }} />}
        <span className="min-w-0 flex-1 rounded-xs bg-track" />
      </div>
      <LevelTable caption={t('hero.title')} rows={rows} currency={currency} opens="amount" tight />
    </div>
  )
}
