// How fast accounts pass each stage: stays that ended in the period, and those still open; what has a list opens it.
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { ListLink } from '@/components/list-link'
import { Stage } from '@/components/stage'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { Segmented } from '@/components/ui/segmented'
import { cn } from '@/lib/cn'
import { csv, download } from '@/lib/csv'
import { allOf, where, type Criteria } from '@/lib/criteria'
import { count, decimal, percent } from '@/lib/format'
import { t } from '@/lib/i18n'
import { velocityQuery, type Column, type Velocity } from './api'
import { PERIODS, type Period } from './search'

type Props = { criteria: Criteria | undefined; period: Period; columns: Column[]; onPeriod: (period: Period) => void }

const HEADS = ['target', 'median', 'mean', 'p90', 'openNow', 'openMean', 'overTarget', 'entered', 'left', 'next'] as const
/** on a phone only these */
const FIRST: readonly string[] = ['median', 'overTarget', 'next']
const values = (row: Velocity) => [row.target_duration_days, row.median_days, row.mean_days, row.p90_days, row.open_now, row.open_mean_days, row.over_target, row.entered, row.completed, row.conversion]

export function VelocityPanel({ criteria, period, columns, onPeriod }: Props) {
  const query = useQuery(velocityQuery(criteria, period))
  const save = () =>
    download(`velocity-${period}-${new Date().toISOString().slice(0, 10)}.csv`, csv([t('col.stage'), ...HEADS.map((head) => t(`velocity.${head}`))], (query.data ?? []).map((row) => [row.stage, ...values(row)])))
  return (
    <Panel
      id="velocity"
      title={t('velocity.title')}
      sub={t(`velocity.sub.${period}`)}
      className="mt-3"
      ends={
        <>
          <Segmented label={t('range.label')} value={period} options={PERIODS.map((value) => ({ value, label: value === 'all' ? t('velocity.all') : t(`range.${value}`) }))} onChange={onPeriod} />
          <Button look="ghost" held={!query.data} onClick={save}>
            <Download aria-hidden />
            {t('velocity.csv')}
          </Button>
        </>
      }
    >
      <Awaited query={query} height={240} what={t('velocity.failed')}>
        {(rows) => (
          <ScrollRegion className="scroll" label={t('velocity.title')}>
            <table className="tbl">
              <caption className="sr-only">{t('velocity.title')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('col.stage')}</th>
                  {HEADS.map((head) => (
                    <th key={head} scope="col" className={cn('end', !FIRST.includes(head) && 'wide-only')}>{t(`velocity.${head}`)}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <Row key={row.stage_id} row={row} color={columns.find((one) => one.stage_id === row.stage_id)?.color_hex} criteria={criteria} />
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        )}
      </Awaited>
    </Panel>
  )
}

function Row({ row, color, criteria }: { row: Velocity; color: string | null | undefined; criteria: Criteria | undefined }) {
  const late = row.target_duration_days !== null && row.median_days !== null && row.median_days > row.target_duration_days
  const cell = (n: number | null, show: (n: number) => string = (it) => decimal(it, 0)) => (n === null ? <span className="quiet">{t('none')}</span> : show(n))
  return (
    <tr>
      <th scope="row">
        <Stage name={row.stage} color={color} />
      </th>
      <td className="end wide-only">{cell(row.target_duration_days)}</td>
      <td className={cn('end', late && 'warn')}>{cell(row.median_days)}</td>
      <td className="end wide-only">{cell(row.mean_days)}</td>
      <td className="end wide-only">{cell(row.p90_days)}</td>
      <td className="end wide-only">{row.open_now === 0 ? count(0) : <ListLink criteria={allOf(criteria, where('stage', 'in', [row.stage_id]))}>{count(row.open_now)}</ListLink>}</td>
      <td className="end wide-only">{cell(row.open_mean_days)}</td>
      <td className="end">{cell(row.over_target, percent)}</td>
      <td className="end wide-only">{count(row.entered)}</td>
      <td className="end wide-only">{count(row.completed)}</td>
      <td className="end">{cell(row.conversion, percent)}</td>
    </tr>
  )
}
