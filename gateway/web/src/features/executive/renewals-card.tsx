// When contracts end, how those accounts are, and how much is in each.
import { lazy, Suspense } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { Bubble } from '@/components/chart/bubbles'
import { ChartPanel } from '@/components/chart/chart-panel'
import { State } from '@/components/states'
import { day, money, moneyShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { STANDARD, thresholdsQuery } from '@/lib/thresholds'
import { MOST_RENEWALS, renewalsQuery, type Renewal } from './api'
import { CardState } from './card-state'
import type { CardProps } from './covered'

const Bubbles = lazy(() => import('@/components/chart/bubbles').then((m) => ({ default: m.Bubbles })))
const HEIGHT = 220
const SOON = 90

const isTroubled = (one: Renewal) => one.days_to_renewal >= 0 && one.days_to_renewal <= SOON && (one.risk_level === 'Critical' || one.risk_level === 'At Risk') && one.confidence !== 'low'

/** The three largest in trouble, without those whose names would lie over each other. */
function namesOf(rows: Renewal[]) {
  const chosen: Renewal[] = []
  for (const one of rows.filter(isTroubled)) {
    const covers = (other: Renewal) => Math.abs(other.days_to_renewal - one.days_to_renewal) < 120 && Math.abs(other.overall_score! - one.overall_score!) < 9
    if (chosen.length < 3 && !chosen.some(covers)) chosen.push(one)
  }
  return new Set(chosen.map((one) => one.account_id))
}

export function RenewalsCard({ data: { currency, kpis }, covered }: CardProps) {
  const renewals = useQuery(renewalsQuery(covered.criteria))
  const { data: thresholds = STANDARD } = useQuery(thresholdsQuery)
  const rows = renewals.data ?? []
  const named = namesOf(rows)
  const scored = rows.filter((one) => one.overall_score !== null)
  const bubbles = scored.map(
    (one): Bubble => ({
      id: one.account_id,
      x: one.days_to_renewal,
      y: one.overall_score!,
      size: one.arr,
      band: one.risk_level,
      hollow: one.confidence === 'low',
      name: named.has(one.account_id) ? one.name : undefined,
    }),
  )
  const soon = kpis.renewals_90d.at_risk
  const without = rows.length - scored.length
  const notes = [rows.length >= MOST_RENEWALS && t('renewal.largest', { n: MOST_RENEWALS }), without > 0 && t('renewal.without', { n: without })].filter(Boolean).join(' ')
  return (
    <ChartPanel
      id="renewals"
      title={t('renewal.title')}
      sub={t('renewal.sub')}
      sentence={bubbles.length > 0 ? t('renewal.sentence', { n: rows.length, soon: soon.accounts, money: moneyShort(soon.arr, currency) }) : undefined}
      data={
        rows.length > 0
          ? {
              head: [{ label: t('col.name') }, { label: t('col.renewal'), show: (value) => day(String(value)) }, { label: t('renewal.days'), end: true }, { label: t('col.arr'), end: true, show: (value) => money(Number(value), currency) }, { label: t('col.health'), end: true }, { label: t('health.level') }],
              rows: rows.toSorted((a, b) => a.days_to_renewal - b.days_to_renewal).map((one) => [one.name, one.contract_end_date, one.days_to_renewal, one.arr, one.overall_score, t(`health.${one.risk_level}`)]),
              accountOf: (i) => rows.toSorted((a, b) => a.days_to_renewal - b.days_to_renewal)[i]!.account_id,
            }
          : undefined
      }
      footer={notes || undefined}
    >
      {!renewals.data ? (
        <CardState query={renewals} height={HEIGHT + 16} />
      ) : rows.length === 0 ? (
        <State>{t('renewal.none')}</State>
      ) : bubbles.length === 0 ? (
        <State>{t('health.noneYet')}</State>
      ) : (
        <Suspense fallback={<div style={{ height: HEIGHT }} />}>
          <Bubbles bubbles={bubbles} thresholds={thresholds} onPick={covered.onPeek} />
        </Suspense>
      )}
    </ChartPanel>
  )
}
