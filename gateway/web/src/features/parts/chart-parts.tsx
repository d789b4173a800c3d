// Charts: figure, sentence, table behind it.
import { Bridge } from '@/components/chart/bridge'
import { Bubbles } from '@/components/chart/bubbles'
import { ChartPanel } from '@/components/chart/chart-panel'
import { DayBars } from '@/components/chart/day-bars'
import { Donut } from '@/components/chart/donut'
import { MiniBars } from '@/components/chart/mini-bars'
import { ScoreBar } from '@/components/chart/score-bar'
import { ScoreLine } from '@/components/chart/score-line'
import { ShareTrend } from '@/components/chart/share-trend'
import { Sparkline } from '@/components/chart/sparkline'
import { WeekBars } from '@/components/chart/week-bars'
import { WeekColumns } from '@/components/chart/week-columns'
import { LevelShape } from '@/components/health'
import { dayShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { bandColor } from '@/lib/levels'
import { bubbles, line, mark, score, trend, weeks } from './sample'

const parts = [
  { key: 'critical', band: 'Critical', opacity: 0.92 },
  { key: 'at_risk', band: 'At Risk', opacity: 0.55 },
  { key: 'healthy', band: 'Healthy', opacity: 0.28, edge: true },
  { key: 'no_data', band: 'No data', opacity: 1 },
] as const

export function ChartParts() {
  const data = {
    head: [{ label: t('trend.day') }, ...parts.map(({ band }) => ({ label: t(`health.${band}`), end: true }))],
    rows: trend.map((point) => [dayShort(point.at), ...parts.map(({ key }) => point[key])]),
  }
  const steps = [
    { key: 'start', label: t('bridge.start'), value: 5_630, text: '$5.63M', total: true },
    { key: 'new', label: t('bridge.new'), value: 186, text: '+$186K' },
    { key: 'expansion', label: t('bridge.expansion'), value: 274, text: '+$274K' },
    { key: 'contraction', label: t('bridge.contraction'), value: -61, text: '−$61K' },
    { key: 'churn', label: t('bridge.churn'), value: -74, text: '−$74K' },
    { key: 'end', label: t('bridge.end'), value: 5_955, text: '$5.96M', total: true },
  ]
  return (
    <>
      <ChartPanel id="parts-trend" title={t('trend.title')} sub={t('trend.sub')} sentence={t('trend.sentence', { parts: '…' })} data={data}>
        <ShareTrend points={trend} parts={parts.map((part) => ({ ...part, color: bandColor[part.band], label: t(`health.${part.band}`), mark: <LevelShape band={part.band} /> }))} marks={[{ at: mark, label: t('trend.model', { version: 3 }) }]} timeZone="UTC" />
      </ChartPanel>
      <ChartPanel id="parts-renewals" title={t('renewal.title')} sub={t('renewal.sub')} sentence={t('renewal.none')}>
        <Bubbles bubbles={bubbles} thresholds={[40, 80]} onPick={() => undefined} />
      </ChartPanel>
      <ChartPanel id="parts-bridge" title={t('bridge.title')} sentence={t('bridge.sentence', { start: '$5.63M', end: '$5.96M' })}>
        <Bridge steps={steps} />
      </ChartPanel>
      <ChartPanel id="parts-score" title={t('hist.title')} sentence={t('hist.now', { score: 36 })}>
        <ScoreLine points={score} second={{ label: t('part.support'), points: score.map((one) => ({ ...one, value: one.value - 9 })) }} thresholds={[40, 80]} marks={[{ n: 1, at: score[9]!.at }, { n: 2, at: score[10]!.at }, { n: 3, at: score[30]!.at, tone: 'bad' }]} from={score[0]!.at} to={score.at(-1)!.at} timeZone="UTC" />
      </ChartPanel>
      <ChartPanel id="parts-weeks" title={t('use.title')} sentence={t('use.quiet')}>
        <WeekColumns columns={weeks.map((value, i) => ({ key: String(i), value, before: weeks[weeks.length - 1 - i] ?? null, open: i === weeks.length - 1 }))} shades={[{ key: 'a', kind: 'quiet', from: 0.2, to: 0.35 }, { key: 'b', kind: 'outage', from: 0.8, to: 1 }]} first={dayShort('2026-09-07')} last={t('use.thisWeek')} top={String(Math.max(...weeks))} />
      </ChartPanel>
      <ChartPanel id="parts-days" title={t('bt.title')} sentence={t('bt.sentence', { n: 34, days: 90 })}>
        <DayBars bars={weeks.map((value, i) => ({ day: String(i), ran: value % 5, held: value % 3 === 0 ? 1 : 0 }))} marks={[dayShort('2026-09-07'), dayShort('2026-11-30')]} />
      </ChartPanel>
      <ChartPanel id="parts-small" title={t('parts.small')}>
        <div className="pad grid gap-5">
          <div className="flex flex-wrap items-center gap-8">
            <Donut slices={[{ key: 'a', value: 19, color: bandColor.Healthy }, { key: 'b', value: 16, color: bandColor['At Risk'] }, { key: 'c', value: 3, color: bandColor.Critical }, { key: 'd', value: 2, color: bandColor.Uncertain }, { key: 'e', value: 1, color: bandColor['No data'] }]} label={t('donut.caption')} center="41" sub={t('tile.accounts')} />
            <Donut slices={[]} label={t('donut.caption')} center="0" />
            <Sparkline values={line} />
            <Sparkline values={[5, 5, 5]} />
            <WeekBars values={weeks} label={t('growth.bars', { values: weeks.join(', ') })} />
            <MiniBars bars={[{ label: t('part.usage'), value: 80 }, { label: t('part.support'), value: null }, { label: t('part.adoption'), value: 25 }]} none={t('health.none')} />
          </div>
          <ScoreBar earned={[{ key: 'a', label: t('part.support'), points: 5.5 }, { key: 'b', label: t('part.usage'), points: 7.75 }, { key: 'c', label: t('part.engagement'), points: 22.25 }]} gain={10} thresholds={[40, 80]} label={t('peek.sentence', { score: 36, gain: '10' })} />
        </div>
      </ChartPanel>
    </>
  )
}
