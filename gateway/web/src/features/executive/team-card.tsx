// What each member looks after, most at risk first; a name opens their accounts.
import { useQuery } from '@tanstack/react-query'
import { ChartPanel } from '@/components/chart/chart-panel'
import { LevelShape } from '@/components/health'
import { ListLink } from '@/components/list-link'
import { State } from '@/components/states'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { cn } from '@/lib/cn'
import { count, decimal, initials, money, moneyShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Level } from '@/lib/levels'
import { STANDARD, thresholdsQuery } from '@/lib/thresholds'
import { teamQuery, type Dashboard, type Workload } from './api'
import { CardState } from './card-state'

const LONG_SILENCE = 14

export function TeamCard({ data }: { data: Dashboard }) {
  const team = useQuery(teamQuery)
  const { data: thresholds = STANDARD } = useQuery(thresholdsQuery)
  const { currency } = data
  return (
    <ChartPanel
      id="team"
      title={t('team.title')}
      sub={t('team.sub')}
      data={
        team.data && {
          head: [t('col.csm'), t('tile.accounts'), t('col.arr'), t('health.At Risk'), t('health.Critical'), t('team.arrAtRisk'), t('col.health'), t('team.overdue'), t('team.tasks'), t('team.touch')].map((label, i) => ({ label, end: i > 0, ...(i === 2 || i === 5 ? { show: (value: unknown) => money(Number(value), currency) } : {}) })),
          rows: team.data.map((one) => [one.full_name ?? t('exec.noCsm'), one.accounts, one.arr, one.at_risk, one.critical, one.arr_at_risk, one.average_score, one.overdue_milestones, one.open_tasks, one.oldest_touch_days]),
        }
      }
    >
      {!team.data ? (
        <CardState query={team} height={220} />
      ) : team.data.length === 0 ? (
        <State>{t('team.none')}</State>
      ) : (
        <ScrollRegion className="scroll" label={t('team.title')}>
          <table className="tbl">
            <caption className="sr-only">{t('team.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('col.csm')}</th>
                <th scope="col" className="end wide-only">{t('tile.accounts')}</th>
                <th scope="col" className="end">{t('col.arr')}</th>
                <th scope="col" className="end">{t('team.atRisk')}</th>
                <th scope="col">{t('col.health')}</th>
                <th scope="col" className="end wide-only">{t('team.overdue')}</th>
                <th scope="col" className="end wide-only">{t('team.touch')}</th>
              </tr>
            </thead>
            <tbody>
              {team.data.map((one) => (
                <Row key={one.user_id ?? 'none'} one={one} currency={currency} thresholds={thresholds} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </ChartPanel>
  )
}

type RowProps = { one: Workload; currency: string; thresholds: [number, number] }

function Row({ one, currency, thresholds }: RowProps) {
  const level = (score: number): Level => (score >= thresholds[1] ? 'Healthy' : score >= thresholds[0] ? 'At Risk' : 'Critical')
  return (
    <tr>
      <th scope="row" className="w-full max-w-0 min-w-32">
        <span className="flex min-w-0 items-center gap-2">
          {one.full_name && (
            <span aria-hidden className="initials">
              {initials(one.full_name)}
            </span>
          )}
          <ListLink criteria={one.list} className="min-w-0" title={one.full_name ?? undefined}>
            <bdi className="cut">{one.full_name ?? t('exec.noCsm')}</bdi>
          </ListLink>
        </span>
      </th>
      <td className="end wide-only">{count(one.accounts)}</td>
      <td className="end" title={money(one.arr, currency)}>{moneyShort(one.arr, currency)}</td>
      <td className="end">
        {one.at_risk + one.critical > 0 ? (
          <ListLink criteria={one.at_risk_list} title={t('team.risky', { n: one.at_risk + one.critical, money: money(one.arr_at_risk, currency) })}>
            {moneyShort(one.arr_at_risk, currency)}
          </ListLink>
        ) : (
          <span className="quiet">{t('none')}</span>
        )}
      </td>
      <td>
        {one.average_score === null ? (
          <span className="quiet">{t('health.none')}</span>
        ) : (
          <span className="h">
            <LevelShape band={level(one.average_score)} />
            <b>{decimal(one.average_score, 0)}</b>
            <span className="sr-only">{t(`health.${level(one.average_score)}`)}</span>
          </span>
        )}
      </td>
      <td className="end wide-only">{count(one.overdue_milestones)}</td>
      <td className={cn('end wide-only', (one.oldest_touch_days ?? 0) > LONG_SILENCE && 'warn')}>{one.oldest_touch_days === null ? t('none') : t('days.short', { n: one.oldest_touch_days })}</td>
    </tr>
  )
}
