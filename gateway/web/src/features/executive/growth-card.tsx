// How many accounts entered each stage, week by week, where most came from, and how long they had been there.
import { useQuery } from '@tanstack/react-query'
import { ChartPanel } from '@/components/chart/chart-panel'
import { WeekBars } from '@/components/chart/week-bars'
import { Stage } from '@/components/stage'
import { State } from '@/components/states'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { count, decimal } from '@/lib/format'
import { useNow } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import type { StageName } from '@/lib/names'
import { growthQuery } from './api'
import { CardState } from './card-state'
import type { Covered } from './covered'
import { growthOf, mondayOf, mondays, type StageGrowth } from './growth'
import { cutOffs } from './range'

/** more bars would be too thin to see */
const MOST_WEEKS = 27

export function GrowthCard({ covered: { criteria, range }, stages }: { covered: Covered; stages: StageName[] }) {
  const growth = useQuery(growthQuery(criteria, range))
  const now = useNow(3_600_000)
  const { since, until } = cutOffs(range, now)
  const weeks = mondays(mondayOf(Date.parse(since)), mondayOf(until ? Date.parse(until) : now))
  const rows = growth.data ? growthOf(growth.data, stages, weeks) : []
  const days = (n: number | null) => (n === null ? null : decimal(n))
  return (
    <ChartPanel
      id="portfolio-growth"
      title={t('growth.title')}
      sub={t('growth.sub', { n: weeks.length })}
      data={
        growth.data && {
          head: [{ label: t('growth.from') }, { label: t('growth.to') }, { label: t('growth.moves'), end: true }, { label: t('growth.median'), end: true, show: (value) => days(value as number | null) }],
          rows: growth.data.flows.map((one) => [one.from_stage ?? t('growth.new'), one.to_stage, one.moves, one.median_days]),
        }
      }
    >
      {!growth.data ? (
        <CardState query={growth} height={220} />
      ) : rows.length === 0 ? (
        <State>{t('growth.none')}</State>
      ) : (
        <ScrollRegion className="scroll" label={t('growth.title')}>
          <table className="tbl">
            <caption className="sr-only">{t('growth.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('col.stage')}</th>
                <th scope="col">{t('growth.perWeek')}</th>
                <th scope="col" className="end">{t('growth.entries')}</th>
                <th scope="col" className="wide-only">{t('growth.source')}</th>
                <th scope="col" className="end wide-only">{t('growth.there')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.name} row={row} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </ChartPanel>
  )
}

function Row({ row }: { row: StageGrowth }) {
  const weeks = row.weeks.slice(-MOST_WEEKS)
  return (
    <tr>
      <th scope="row">
        <Stage name={row.name} color={row.color} />
      </th>
      <td>
        <WeekBars values={weeks} label={t('growth.bars', { values: weeks.map((n) => count(n)).join(', ') })} />
      </td>
      <td className="end">{count(row.entries)}</td>
      <td className="wide-only">
        {row.source && (
          <>
            <bdi>{row.source.from ?? t('growth.new')}</bdi> <span className="quiet num">{count(row.source.moves)}</span>
          </>
        )}
      </td>
      <td className="end wide-only">{row.source?.days === null || !row.source ? <span className="quiet">{t('growth.first')}</span> : t('days.short', { n: decimal(row.source.days) })}</td>
    </tr>
  )
}
