// The ten accounts that lose most, exposure first: who, how much, how it stands, when it is due, and the main reason.
import { Eye } from 'lucide-react'
import { AccountLink } from '@/components/account-link'
import { ChartPanel } from '@/components/chart/chart-panel'
import { Delta, Health } from '@/components/health'
import { ListLink } from '@/components/list-link'
import { Stage } from '@/components/stage'
import { State } from '@/components/states'
import { IconButton } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import { componentName } from '@/lib/components-of-health'
import { day, decimal, money, percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Dashboard, Risk } from './api'
import { reasonOf, type Reason } from './reason'
import { riskData } from './risk-data'

type Props = { data: Dashboard; onPeek: (id: string) => void }

export function RiskTable({ data, onPeek }: Props) {
  const { revenue_at_risk: rows, kpis, currency } = data
  const { accounts, list, exposure } = kpis.revenue_at_risk
  const shown = rows.reduce((sum, row) => sum + row.exposure, 0)
  const footer = accounts > rows.length && (
    <>
      <span className="num">{t('risk.more', { n: rows.length, share: percent(exposure > 0 ? shown / exposure : 0) })}</span>
      <ListLink criteria={list} className="link">
        {t('risk.all', { n: accounts })}
      </ListLink>
    </>
  )
  return (
    <ChartPanel id="revenue-at-risk" title={t('risk.title')} sub={<span className="max-md:hidden">{t('risk.sub')}</span>} data={rows.length > 0 ? riskData(rows, currency) : undefined} footer={footer}>
      {rows.length === 0 ? (
        <State>{t(data.has_scores ? 'risk.none' : 'health.noneYet')}</State>
      ) : (
        <table className={cn('tbl risk', rows.length > 7 && 'risk-full')}>
          <caption className="sr-only">{t('risk.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('col.name')}</th>
              <th scope="col" className="end">{t('col.arr')}</th>
              <th scope="col">{t('col.health')}</th>
              <th scope="col">{t('col.renewal')}</th>
              <th scope="col" className="risk-stage">{t('col.stage')}</th>
              <th scope="col">{t('risk.reason')}</th>
              <th scope="col">
                <span className="sr-only">{t('actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <RiskRow key={row.account_id} row={row} currency={currency} onPeek={onPeek} />
            ))}
          </tbody>
        </table>
      )}
    </ChartPanel>
  )
}

function RiskRow({ row, currency, onPeek }: { row: Risk; currency: string; onPeek: (id: string) => void }) {
  const days = row.days_to_renewal
  return (
    <tr>
      <th scope="row" className="max-w-48">
        <AccountLink id={row.account_id} title={row.name} className="name block max-w-full py-0.75 hover:text-link">
          <bdi className="cut">{row.name}</bdi>
        </AccountLink>
        {row.csm_name && <bdi className="quiet cut text-xs leading-4 max-md:hidden">{row.csm_name}</bdi>}
      </th>
      <td className="end">{money(row.arr, currency)}</td>
      <td>
        <span className="inline-flex items-center gap-2.5">
          <Health score={row.overall_score} level={row.risk_level} confidence={row.confidence} dense />
          <Delta change={row.score_change_30d} />
        </span>
      </td>
      <td className={cn('risk-due num whitespace-nowrap', days !== null && days <= 60 && 'warn')} title={row.contract_end_date ? day(row.contract_end_date) : undefined}>
        {days === null ? <span className="quiet">{t('noDate')}</span> : days < 0 ? <span className="bad">{t('renewal.ago', { n: -days })}</span> : t('renewal.in', { n: days })}
      </td>
      <td className="risk-stage max-w-40">
        <Stage name={row.stage} color={row.stage_color} state={row.stage_state} />
      </td>
      <td className="risk-why">
        <ReasonText reason={reasonOf(row)} />
      </td>
      <td className="risk-act end">
        <IconButton label={t('peek.at', { name: row.name })} small onClick={() => onPeek(row.account_id)}>
          <Eye aria-hidden />
        </IconButton>
      </td>
    </tr>
  )
}

function ReasonText({ reason }: { reason: Reason }) {
  if (!reason) return <span className="quiet">{t('unknown')}</span>
  if ('text' in reason) return <bdi className="line-clamp-2 max-w-60">{reason.text}</bdi>
  return (
    <span>
      {componentName(reason.component)}{' '}
      <bdi dir="ltr" className="bad num whitespace-nowrap">
        {`\u2212${decimal(reason.lost)}`}
      </bdi>
    </span>
  )
}
