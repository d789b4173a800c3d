// What the customer does with the product: a picture per type of usage, week by week, and the features in use.
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Panel } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { t } from '@/lib/i18n'
import { explainQuery, modelsQuery } from '../health/health-api'
import { useShown } from '../shown'
import { Features } from './features'
import { MetricPanel } from './metric-panel'
import { outagesQuery, usageQuery, type Metric } from './usage-api'
import { usesOf, type Pause } from './weeks'

const WEEKS = { '90d': 13, '12m': 52 }

export function UsageTab() {
  const { id, search, onChange } = useShown()
  const range = search.range ?? '90d'
  const usage = useQuery(usageQuery(id))
  const models = useQuery(modelsQuery)
  const outages = useQuery(outagesQuery)
  const quiet = (models.data?.[0]?.quiet_periods ?? []).map((one): Pause => ({ kind: 'quiet', ...one }))
  const pausesOf = (metric: Metric) => [...quiet, ...(outages.data ?? []).filter((one) => one.metric_type === metric && !one.is_accepted).map((one): Pause => ({ kind: 'outage', from: one.since }))]
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
