// The way of the score, with one component beside it where wanted; the table behind it has all of them.
import { useState } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { ChartPanel } from '@/components/chart/chart-panel'
import { ScoreLine } from '@/components/chart/score-line'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { componentName, COMPONENTS, type Component } from '@/lib/components-of-health'
import { moment } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import type { Snapshot } from './health-api'
import type { Mark } from './marks'

type Props = { history: UseQueryResult<Snapshot[]>; thresholds: [number, number]; marks: Mark[]; from: number }

export function ScorePanel({ history, thresholds, marks, from }: Props) {
  const { search, timeZone, page, now, onChange } = useShown()
  const [component, setComponent] = useState<Component>()
  const rows = history.data ?? []
  const scores = rows.map((row) => row.overall_score)
  const last = rows.at(-1)
  const [low, high] = [Math.min(...scores), Math.max(...scores)]
  const sentence = last && t('hist.sentence', { score: last.overall_score, level: t(`health.${last.risk_level}`), low, high, marks: marks.map((one) => `${one.n}: ${one.title}`).join('; ') || t('hist.nothing') })
  const data = last && {
    head: [{ label: t('hist.when') }, { label: t('hist.score'), end: true }, ...COMPONENTS.map((key) => ({ label: componentName(key), end: true }))],
    rows: rows.toReversed().map((row) => [moment(row.created_at, timeZone), row.overall_score, ...COMPONENTS.map((key) => row[`${key}_score`])]),
  }
  const points = (read: (row: Snapshot) => number | null) => rows.map((row) => ({ at: Date.parse(row.created_at), value: read(row) }))
  const sub = page.account.overall_score === null ? undefined : page.account.overall_score <= low && rows.length > 1 ? t('hist.lowest', { score: page.account.overall_score }) : t('hist.now', { score: page.account.overall_score })
  return (
    <ChartPanel
      id="score"
      title={t('hist.title')}
      sub={<span className="num">{sub}</span>}
      sentence={sentence}
      data={data}
      ends={
        <>
          <Segmented label={t('range.label')} value={search.range ?? '12m'} options={(['90d', '12m'] as const).map((value) => ({ value, label: t(`range.${value}`) }))} onChange={(value) => onChange({ range: value === '12m' ? undefined : value })} />
          <Button look="ghost" aria-expanded={search.explain !== undefined} onClick={() => onChange({ explain: search.explain ? undefined : 'now' })}>
            {t('hist.explain')}
          </Button>
        </>
      }
      footer={last && <Legend component={component} onComponent={setComponent} />}
    >
      {last ? (
        <ScoreLine
          points={points((row) => row.overall_score)}
          second={component && { label: componentName(component), points: points((row) => row[`${component}_score`]) }}
          thresholds={thresholds}
          marks={marks}
          from={from}
          to={now}
          timeZone={timeZone}
        />
      ) : (
        <Awaited query={history} height={280} what={t('hist.failed')}>
          {() => <State>{t('peek.noScore')}</State>}
        </Awaited>
      )}
    </ChartPanel>
  )
}

function Legend({ component, onComponent }: { component: Component | undefined; onComponent: (one: Component | undefined) => void }) {
  return (
    <span role="group" aria-label={t('hist.lines')} className="flex flex-wrap items-center gap-1">
      <span className="inline-flex items-center gap-2 text-foreground">
        <span aria-hidden style={{ width: 16, borderTop: '2px solid' }} />
        {t('hist.overall')}
      </span>
      {COMPONENTS.map((key) => (
        <Button key={key} look="ghost" size="xs" aria-pressed={key === component} className={key === component ? 'bg-accent text-foreground' : undefined} onClick={() => onComponent(key === component ? undefined : key)}>
          {key === component && <span aria-hidden style={{ width: 16, borderTop: '2px dashed var(--no-data)' }} />}
          {componentName(key)}
        </Button>
      ))}
    </span>
  )
}
