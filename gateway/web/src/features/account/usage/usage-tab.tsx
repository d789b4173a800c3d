// What the customer does with the product: a picture per type of usage, week by week, and the features in use.
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Panel } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { t } from '@/lib/i18n'
import { explainQuery } from '../health/health-api'
import { useShown } from '../shown'
import { Features } from './features'
import { MetricPanel } from './metric-panel'
import { pausesQuery, usageQuery, type Metric } from './usage-api'
import { usesOf, type Pause } from './weeks'

const WEEKS = { '90d': 13, '12m': 52 }

export function UsageTab() {
  const { id, search, onChange } = useShown()
  const range = search.range ?? '90d'
  const usage = useQuery(usageQuery(id))
  const pauses = useQuery(pausesQuery(id))
  // a silence that is real counts, and is nothing but weeks without use
  const pausesOf = (metric: Metric) =>
    (pauses.data ?? [])
      .filter((one) => one.kind !== 'accepted' && (one.metric_type === null || one.metric_type === metric))
      .map((one): Pause => ({ kind: one.kind === 'outage' ? 'outage' : 'quiet', from: one.from_day, to: one.to_day ?? undefined }))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="title">{t('use.title')}</h2>
        <Segmented label={t('range.label')} value={range} options={(['90d', '12m'] as const).map((value) => ({ value, label: t(`range.${value}`) }))} onChange={(value) => onChange({ range: value === '90d' ? undefined : value })} />
        <People />
      </div>
      <Awaited query={usage} height={320} what={t('use.failed')}>
        {(weeks) =>
          weeks.length === 0 ? (
            <Panel title={t('use.none')}>
              <State>{t('use.noneText')}</State>
            </Panel>
          ) : (
            <div className="grid grid-cols-[minmax(0,1fr)] gap-4 md:grid-cols-2">
              {usesOf(weeks, WEEKS[range]).map((use) => (
                <MetricPanel key={use.metric} use={use} pauses={pausesOf(use.metric)} />
              ))}
            </div>
          )
        }
      </Awaited>
      <Features />
    </div>
  )
}

/** How many people use it, in the words of the explanation of the score. */
function People() {
  const { id } = useShown()
  const { data } = useQuery(explainQuery(id))
  const people = data?.find((row) => row.component === 'engagement' && row.part === 'breadth')
  return people?.score === undefined || people.score === null ? null : <span className="quiet small">{people.reading}</span>
}
