// One type of usage: its weeks, the period before as a line, days that do not count shaded, when it came last.
import { ChartPanel } from '@/components/chart/chart-panel'
import { WeekColumns } from '@/components/chart/week-columns'
import { Delta } from '@/components/health'
import { count, day, dayShort, decimal, inDays, percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { shadesOf, type MetricUse, type Pause } from './weeks'

const DAY_MS = 86_400_000

export function MetricPanel({ use, pauses }: { use: MetricUse; pauses: Pause[] }) {
  const { metric, columns, start, total, before, lastDay } = use
  const { now } = useShown()
  const shades = shadesOf(pauses, start, columns.length)
  const title = t(`metric.${metric}`)
  const silent = Math.max(0, Math.floor((now - Date.parse(`${lastDay}T00:00:00Z`)) / DAY_MS))
  const change = before ? (total - before) / before : null
  const head = [{ label: t('use.week') }, { label: title, end: true }, { label: t('use.before'), end: true }]
  return (
    <ChartPanel
      id={`usage-${metric}`}
      title={title}
      sub={
        <span className="num inline-flex flex-wrap items-center gap-2">
          {t('use.total', { total: count(total) })} <Delta change={change} size={percent} upIsGood={metric !== 'support_tickets'} />
        </span>
      }
      sentence={t('use.sentence', { metric: title, total: count(total), weeks: columns.length, before: before === null ? t('unknown') : count(before), last: day(lastDay) })}
      data={{ head, rows: columns.map((one) => [day(one.key), one.value, one.before]) }}
      footer={
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          <span className={silent > 14 && metric !== 'support_tickets' ? 'warn num' : 'num'}>{t('use.last', { day: day(lastDay), when: inDays(-silent) })}</span>
          {shades.some((one) => one.kind === 'outage') && (
            <span className="inline-flex items-center gap-1.5">
              <span aria-hidden className="key hatched" />
              {t('use.outage')}
            </span>
          )}
          {shades.some((one) => one.kind === 'quiet') && (
            <span className="inline-flex items-center gap-1.5">
              <span aria-hidden className="key border" style={{ background: 'var(--muted)' }} />
              {t('use.quiet')}
            </span>
          )}
          {columns.some((one) => one.before !== null) && (
            <span className="inline-flex items-center gap-1.5">
              <span aria-hidden style={{ width: 16, borderTop: '2px dashed' }} />
              {t('use.before')}
            </span>
          )}
        </span>
      }
    >
      <WeekColumns columns={columns} shades={shades} first={dayShort(start)} last={t('use.thisWeek')} top={decimal(Math.max(...columns.map((one) => one.value), 0), 0)} />
    </ChartPanel>
  )
}
