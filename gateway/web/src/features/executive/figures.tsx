// The key figures in one panel: revenue at risk first, beside it six tiles. Each number opens the accounts behind it.
import { Sparkline } from '@/components/chart/sparkline'
import { Delta } from '@/components/health'
import { ListLink } from '@/components/list-link'
import { count, decimal, money, moneyShort, percent, percentExact, tenths } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Dashboard, TrendPoint, Trends } from './api'
import type { Covered } from './covered'
import { Hero } from './hero'
import { Tile } from './tile'

type Late = { behind: number; stuck: number; list: Parameters<typeof ListLink>[0]['criteria'] }
type Props = { data: Dashboard; covered: Covered; trends: Trends | undefined; late: Late | undefined }

export function Figures({ data, covered: { search, onChange }, trends, late }: Props) {
  const { kpis, currency } = data
  const { total_arr: total, accounts, health, retention, renewals_90d: renewing } = kpis
  const compared = search.compare !== 'off'
  const change = (now: number | null, before: number | null) => (compared && now !== null && before !== null ? now - before : null)
  const share = (now: number | null, before: number | null) => (compared && now !== null && before ? now / before - 1 : null)
  const line = (key: Exclude<keyof TrendPoint, 'at'>) => trends && <Sparkline values={trends.points.map((one) => one[key])} />
  const noData = data.distribution.find((one) => one.risk_level === 'No data')
  const short = (n: number) => moneyShort(n, currency)
  const { mean } = search
  return (
    <section aria-label={t('exec.figures')} className="figures-on-paper panel mb-4 grid! grid-cols-[minmax(0,1fr)] overflow-hidden min-[1100px]:grid-cols-[312px_minmax(0,1fr)]">
      <Hero data={data} change={share(kpis.revenue_at_risk.value, kpis.revenue_at_risk.before)} spark={line('revenue_at_risk')} />
      <dl className="tiles grid grid-cols-2 md:grid-cols-3">
        <Tile label={t('tile.arr')} value={<ListLink criteria={total.list} title={money(total.arr, currency)}>{short(total.arr)}</ListLink>} delta={<Delta change={share(total.value, total.before)} size={percentText} />} spark={line('arr')}>
          {t('tile.accountsCount', { n: total.accounts })}
        </Tile>
        <Tile
          label={t(mean ? 'tile.healthMean' : 'tile.health')}
          value={(mean ? health.mean : health.value) === null ? <span className="quiet">{t('health.none')}</span> : <ListLink criteria={health.list}>{tenths((mean ? health.mean : health.value)!)}</ListLink>}
          delta={<Delta change={round(mean ? change(health.mean, health.mean_before) : change(health.value, health.before))} size={(n) => decimal(n)} />}
          spark={line(mean ? 'mean_score' : 'weighted_score')}
        >
          {health.value !== null && (
            <button type="button" onClick={() => onChange({ mean: mean ? undefined : true })} className="to hit-more">
              {mean ? t('tile.byArr', { score: decimal(health.value) }) : t('tile.plain', { score: decimal(health.mean ?? health.value) })}
            </button>
          )}
        </Tile>
        <Tile
          label={t('tile.nrr')}
          value={retention.value === null ? <span className="quiet">{t('tile.unknown')}</span> : <ListLink criteria={retention.list}>{percentExact(retention.value)}</ListLink>}
          delta={<Delta change={round(change(retention.value, retention.before), 3)} size={(n) => t('tile.points', { n: decimal(n * 100) })} />}
          spark={line('nrr')}
        >
          {retention.value === null ? t(retention.reason?.startsWith('no account') ? 'tile.nrrNobody' : 'tile.nrrTooShort') : t('tile.grr', { share: percentExact(retention.grr ?? 0) })}
        </Tile>
        <Tile label={t('tile.accounts')} value={<ListLink criteria={accounts.list}>{count(accounts.accounts)}</ListLink>} delta={<Delta change={change(accounts.value, accounts.before)} />} spark={line('accounts')}>
          {noData && noData.accounts > 0 ? <ListLink criteria={noData.list}>{t('tile.noScore', { n: noData.accounts })}</ListLink> : t('tile.allScored')}
        </Tile>
        <Tile label={t('tile.renewals')} value={<ListLink criteria={renewing.list}>{count(renewing.accounts)}</ListLink>} delta={<Delta change={change(renewing.value, renewing.before)} neutral />} spark={line('renewals')}>
          {short(renewing.arr)}
          {renewing.at_risk.accounts > 0 && (
            <>
              {', '}
              <ListLink criteria={renewing.at_risk.list} className="bad" title={money(renewing.at_risk.arr, currency)}>
                {t('tile.atRisk', { money: short(renewing.at_risk.arr) })}
              </ListLink>
            </>
          )}
        </Tile>
        <Tile label={t('tile.late')} value={late ? <ListLink criteria={late.list}>{count(late.behind + late.stuck)}</ListLink> : '\u00a0'}>
          {late && t('tile.stuck', { n: late.stuck })}
        </Tile>
      </dl>
    </section>
  )
}

const percentText = (share: number) => (share < 0.1 ? percentExact(share) : percent(share))
const round = (n: number | null, digits = 1) => (n === null ? null : Math.round(n * 10 ** digits) / 10 ** digits)
