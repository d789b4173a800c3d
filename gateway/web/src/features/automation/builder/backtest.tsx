// When it would have run: a bar per day, what its limits would have held back, and the table behind.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { ChartPanel } from '@/components/chart/chart-panel'
import { DayBars } from '@/components/chart/day-bars'
import { resultText } from '@/components/playbook/words'
import { Segmented } from '@/components/ui/segmented'
import type { Criteria } from '@/lib/criteria'
import { count, dayShort, listed, moment } from '@/lib/format'
import { useSettled } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import type { AwaitedEvent } from '../playbook-types'
import { useShared } from '../shared'
import { backtestQuery, type Firing } from './api'
import { heldBy, perDay } from './days'

const SPANS = ['30', '90', '365'] as const
const PAUSE_MS = 700

type Props = { event: AwaitedEvent; when: Criteria | undefined; cooldown: number; cap: number | null }

export function Backtest({ event, when, cooldown, cap }: Props) {
  const { timeZone } = useShared()
  const [span, setSpan] = useState<(typeof SPANS)[number]>('90')
  const days = Number(span)
  const { value: asked } = useSettled({ event, when, limits: { cooldown_minutes: cooldown, max_executions_per_day: cap } }, PAUSE_MS)
  const manual = asked.event.kind === 'manual'
  const test = useQuery({ ...backtestQuery(asked.event, asked.when, asked.limits, days), enabled: !manual })
  const rows = test.data
  const data = rows && {
    head: [{ label: t('bt.when') }, { label: t('col.name') }, { label: t('bt.result') }],
    rows: rows.map((one) => [moment(one.at, timeZone), one.account_name, resultText(one.result)]),
  }
  return (
    <ChartPanel
      id="backtest"
      title={t('bt.title')}
      sub={t('bt.sub', { n: days })}
      sentence={rows && sentenceOf(rows, days)}
      data={data}
      ends={<Segmented label={t('range.label')} value={span} options={SPANS.map((value) => ({ value, label: t('days.short', { n: Number(value) }) }))} onChange={setSpan} />}
      footer={rows?.some((one) => one.event.doubts !== undefined) && t('bt.doubts')}
    >
      {manual ? <p className="small quiet px-4 pb-4">{t('bt.manual')}</p> : <Awaited query={test} height={130} what={t('bt.failed')}>{(found) => <Drawing rows={found} days={days} at={test.dataUpdatedAt} />}</Awaited>}
    </ChartPanel>
  )
}

function sentenceOf(rows: Firing[], days: number) {
  const held = heldBy(rows)
  const ran = rows.length - held.reduce((sum, one) => sum + one.n, 0)
  const first = t('bt.sentence', { n: ran, days })
  return held.length === 0 ? first : `${first}. ${listed(held.map(({ result, n }) => `${resultText(result)}: ${n}`))}`
}

function Drawing({ rows, days, at }: { rows: Firing[]; days: number; at: number }) {
  const { timeZone } = useShared()
  const bars = perDay(rows, days, timeZone, at)
  const held = heldBy(rows)
  const ran = rows.length - held.reduce((sum, one) => sum + one.n, 0)
  const marks = [0, 1 / 3, 2 / 3, 1].map((share) => dayShort(bars[Math.round(share * (bars.length - 1))]!.day))
  return (
    <>
      <p className="num mb-2 flex flex-wrap items-baseline gap-x-2">
        <b className="text-[22px] leading-7.5 font-semibold tracking-tight">{count(ran)}</b>
        <span>{t('bt.firings', { n: ran })}</span>
        {held.map(({ result, n }) => (
          <span key={result} className="warn">
            {t('bt.held', { n, why: resultText(result) })}
          </span>
        ))}
      </p>
      <DayBars bars={bars} marks={marks} />
    </>
  )
}
