// Revenue at risk: the one large number, which share of the whole it is, and what it is made of.
import { Delta, LevelShape } from '@/components/health'
import { ListLink } from '@/components/list-link'
import { Money } from '@/components/money'
import { Disclosure } from '@/components/ui/disclosure'
import { allOf, where } from '@/lib/criteria'
import { count, money, moneyShort, percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Band } from '@/lib/levels'
import type { Dashboard, Figure } from './api'

export function Hero({ data: { kpis, currency, distribution }, change }: { data: Dashboard; change: number | null }) {
  const { revenue_at_risk: risk, total_arr: total } = kpis
  const middle: Figure = {
    accounts: risk.accounts - risk.critical.accounts,
    arr: risk.arr - risk.critical.arr,
    list: allOf(risk.list, where('risk_level', 'eq', 'At Risk')) ?? null,
  }
  const noData = distribution.find((one) => one.risk_level === 'No data')
  const share = (arr: number) => `${total.arr > 0 ? (arr / total.arr) * 100 : 0}%`
  const rows: { band: Band; label: string; figure: Figure; hollow?: boolean }[] = [
    { band: 'Critical', label: t('health.Critical'), figure: risk.critical },
    { band: 'At Risk', label: t('health.At Risk'), figure: middle },
    ...(risk.uncertain ? [{ band: 'At Risk' as const, hollow: true, label: t('hero.uncertain'), figure: risk.uncertain }] : []),
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
        <ListLink criteria={risk.list} className="num text-[32px] leading-10 font-semibold tracking-[-0.025em]" title={money(risk.arr, currency)}>
          {moneyShort(risk.arr, currency)}
        </ListLink>
        <Delta change={change} size={percent} upIsGood={false} />
      </p>
      <div role="img" aria-label={t('hero.share', { share: percent(total.arr > 0 ? risk.arr / total.arr : 0) })} className="mt-2 mb-2.5 flex h-2.5 gap-0.5">
        {risk.critical.arr > 0 && <span className="rounded-xs bg-critical" style={{ width: share(risk.critical.arr) }} />}
        {middle.arr > 0 && <span className="rounded-xs bg-at-risk" style={{ width: share(middle.arr) }} />}
        <span className="min-w-0 flex-1 rounded-xs bg-track" />
      </div>
      <table className="small">
        <caption className="sr-only">{t('hero.title')}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('health.level')}</th>
            <th scope="col">{t('tile.accounts')}</th>
            <th scope="col">{t('col.arr')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ band, label, figure, hollow }) => (
            <tr key={label}>
              <th scope="row" className="py-0.5">
                <span className="inline-flex items-center gap-2">
                  <LevelShape band={band} hollow={hollow} />
                  {label}
                </span>
              </th>
              <td className="quiet num py-0.5 text-end">{count(figure.accounts)}</td>
              <td className="num py-0.5 text-end">
                <ListLink criteria={figure.list}>
                  <Money amount={figure.arr} currency={currency} />
                </ListLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
