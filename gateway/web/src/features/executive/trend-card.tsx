// How the spread over the levels moved, with marks where a new health model was published.
import { lazy, Suspense } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { TrendPart } from '@/components/chart/share-trend'
import { ChartPanel } from '@/components/chart/chart-panel'
import { LevelShape } from '@/components/health'
import { State } from '@/components/states'
import { dayShort, listed, money, percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Band } from '@/lib/levels'
import { trendsQuery, type Trends } from './api'
import { CardState } from './card-state'
import { countedBy, type CardProps } from './covered'

const ShareTrend = lazy(() => import('@/components/chart/share-trend').then((m) => ({ default: m.ShareTrend })))
const HEIGHT = 196

const bands = [
  { key: 'critical', band: 'Critical', color: 'var(--critical)', opacity: 0.92 },
  { key: 'at_risk', band: 'At Risk', color: 'var(--at-risk)', opacity: 0.55 },
  { key: 'healthy', band: 'Healthy', color: 'var(--healthy)', opacity: 0.28, edge: true },
  { key: 'uncertain', band: 'Uncertain', color: 'var(--bar-soft)', opacity: 0.8 },
  { key: 'paused', band: 'Paused', color: 'var(--no-data)', opacity: 0.5 },
  { key: 'no_data', band: 'No data', color: 'var(--track)', opacity: 1 },
] as const satisfies { key: string; band: Band; color: string; opacity: number; edge?: boolean }[]

type Point = { at: number } & Record<(typeof bands)[number]['key'], number>

const pointsOf = ({ points }: Trends, by: 'arr' | 'accounts') =>
  points.map((one) => Object.assign({ at: Date.parse(one.at) }, ...bands.map(({ key }) => ({ [key]: by === 'arr' ? one[`${key}_arr`] : one[key] }))) as Point)

export function TrendCard({ data, covered }: CardProps) {
  const trends = useQuery(trendsQuery(covered.criteria, covered.range))
  const by = countedBy(data, covered.search)
  const all = trends.data ? pointsOf(trends.data, by) : []
  // from when there was anything to share
  const points = all.slice(Math.max(0, all.findIndex((point) => bands.some(({ key }) => point[key] > 0))))
  const shown = bands.filter(({ key }) => points.some((point) => point[key] > 0))
  const last = points.at(-1)
  const sum = last ? Math.max(1, shown.reduce((n, { key }) => n + last[key], 0)) : 1
  const marks = (trends.data?.marks ?? []).map((mark) => ({ at: Date.parse(mark.at), label: t('trend.model', { version: mark.version }) }))
  // one at the very end has no room for its name
  const inDrawing = marks.filter(({ at }) => last && points[0] && at > points[0].at && at < last.at - (last.at - points[0].at) * 0.04)
  const parts: TrendPart[] = shown.map((one) => ({ ...one, label: t(`health.${one.band}`), mark: <LevelShape band={one.band} /> }))
  return (
    <ChartPanel
      id="health-trend"
      title={t('trend.title')}
      sub={t(by === 'arr' ? 'trend.subArr' : 'trend.sub')}
      sentence={last && points.length > 1 ? t('trend.sentence', { parts: listed(shown.toReversed().map(({ key, band }) => `${t(`health.${band}`)} ${percent(last[key] / sum)}`)) }) : undefined}
      data={
        last && {
          head: [{ label: t('trend.day'), show: (value) => dayShort(String(value), data.time_zone) }, ...shown.map(({ band }) => ({ label: t(`health.${band}`), end: true, ...(by === 'arr' ? { show: (value: unknown) => money(Number(value), data.currency) } : {}) }))],
          rows: points.map((point) => [new Date(point.at).toISOString(), ...shown.map(({ key }) => point[key])]),
        }
      }
      footer={marks.length > inDrawing.length && t('trend.marked', { models: listed(marks.filter((one) => !inDrawing.includes(one)).map(({ at, label }) => `${label}, ${dayShort(at, data.time_zone)}`)) })}
    >
      {!trends.data ? (
        <CardState query={trends} height={HEIGHT + 16} />
      ) : shown.length === 0 || !data.has_scores ? (
        <State>{t('health.noneYet')}</State>
      ) : points.length < 2 ? (
        <State>{t('trend.short')}</State>
      ) : (
        <Suspense fallback={<div style={{ height: HEIGHT }} />}>
          <ShareTrend points={points} parts={parts} marks={inDrawing} timeZone={data.time_zone} />
        </Suspense>
      )}
    </ChartPanel>
  )
}
