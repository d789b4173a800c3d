// How the score got where it is: its way over the months, what may have moved it, its components, every score there was.
import { lazy, Suspense } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Panel } from '@/components/ui/panel'
import { cn } from '@/lib/cn'
import { dayShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { STANDARD, thresholdsQuery } from '@/lib/thresholds'
import { useShown } from '../shown'
import { eventTitle } from '../timeline/event-title'
import { ComponentBars } from './component-bars'
import { explanationOf } from './explanation'
import { explainQuery, historyQuery, marksQuery, modelsQuery } from './health-api'
import { marksOf } from './marks'
import { ScorePanel } from './score-panel'
import { Snapshots } from './snapshots'

const ExplainDrawer = lazy(() => import('./explain-drawer').then((m) => ({ default: m.ExplainDrawer })))
const DAYS = { '90d': 90, '12m': 365 }
const DAY_MS = 86_400_000

export function HealthTab() {
  const { id, search, timeZone, currency, now } = useShown()
  const range = search.range ?? '12m'
  const history = useQuery(historyQuery(id, DAYS[range]))
  const marks = useQuery(marksQuery(id))
  const models = useQuery(modelsQuery)
  const explained = useQuery(explainQuery(id))
  const { data: thresholds = STANDARD } = useQuery(thresholdsQuery)
  const from = now - DAYS[range] * DAY_MS
  const start = Math.max(from, Date.parse(history.data?.[0]?.created_at ?? new Date(from).toISOString()))
  const happened = marksOf(marks.data ?? [], models.data ?? [], start, { model: (version) => t('hist.model', { version }), event: (event) => eventTitle(event, currency) })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <ScorePanel history={history} thresholds={thresholds} marks={happened} from={start} />
      <div className={cn('grid grid-cols-[minmax(0,1fr)] items-start gap-4', !search.explain && 'min-[1100px]:grid-cols-2')}>
        <Panel id="components" title={t('hist.components')} sub={t('hist.componentsSub')}>
          <Awaited query={explained} height={300} what={t('why.failed')}>
            {(rows) => {
              const explanation = explanationOf(rows, thresholds)
              return explanation && explanation.components.some((one) => one.row.score !== null) ? <ComponentBars components={explanation.components} /> : <State>{t('peek.noScore')}</State>
            }}
          </Awaited>
        </Panel>
        <Panel id="happened" title={t('hist.happened')} sub={t('hist.happenedSub')}>
          <Awaited query={marks} height={200}>
            {() =>
              happened.length === 0 ? (
                <State>{t('hist.nothing')}</State>
              ) : (
                <ol className="small px-4 pb-3">
                  {happened.toReversed().map((mark) => (
                    <li key={mark.n} className="grid gap-2 py-1.5" style={{ gridTemplateColumns: '28px 64px minmax(0, 1fr)' }}>
                      <b className="num font-semibold">{mark.n}</b>
                      <span className="quiet num">{dayShort(mark.at, timeZone)}</span>
                      <span className="wrap-anywhere">
                        <bdi>{mark.title}</bdi> {mark.body && <bdi className="quiet">{mark.body}</bdi>}
                      </span>
                    </li>
                  ))}
                </ol>
              )
            }
          </Awaited>
        </Panel>
      </div>
      <Snapshots history={history} />
      {search.explain && (
        <Suspense>
          <ExplainDrawer key={search.explain} asOf={search.explain} thresholds={thresholds} />
        </Suspense>
      )}
    </div>
  )
}
