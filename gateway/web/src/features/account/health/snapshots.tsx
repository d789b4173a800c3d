// Every score that brought a change, and its cause; a press explains it as of then.
import { useState } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { Delta, Health } from '@/components/health'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { componentName, COMPONENTS } from '@/lib/components-of-health'
import { moment } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import type { Snapshot } from './health-api'

const FIRST = 12
const CAUSES = ['data', 'time', 'refresh', 'heartbeat', 'model', 'override', 'account'] as const

const isNews = (row: Snapshot) => row.change !== 0 || row.cause === 'override' || row.cause === 'model' || row.source === 'override'

function causeText(row: Snapshot) {
  if (row.source === 'override') return t('cause.byHand')
  const cause = CAUSES.find((one) => one === row.cause)
  return cause ? t(`cause.${cause}`) : t('cause.imported')
}

export function Snapshots({ history }: { history: UseQueryResult<Snapshot[]> }) {
  const { timeZone, search, onChange } = useShown()
  const [all, setAll] = useState(false)
  const rows = (history.data ?? []).filter(isNews).toReversed()
  const shown = all ? rows : rows.slice(0, FIRST)
  const dayOf = (at: string) => at.slice(0, 10)
  return (
    <Panel
      id="snapshots"
      title={t('hist.snapshots')}
      sub={t('hist.snapshotsSub')}
      footer={
        rows.length > shown.length && (
          <Button look="ghost" onClick={() => setAll(true)}>
            {t('hist.all', { n: rows.length })}
          </Button>
        )
      }
    >
      <Awaited query={history} height={240} what={t('hist.failed')}>
        {() =>
          rows.length === 0 ? (
            <State>{t('peek.noScore')}</State>
          ) : (
            <ScrollRegion className="scroll" label={t('hist.snapshots')}>
              <table className="tbl">
                <caption className="sr-only">{t('hist.snapshots')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('hist.when')}</th>
                    <th scope="col">{t('hist.score')}</th>
                    {COMPONENTS.map((key) => (
                      <th key={key} scope="col" className="end">
                        {componentName(key)}
                      </th>
                    ))}
                    <th scope="col">{t('hist.cause')}</th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((row) => (
                    <tr key={row.created_at} data-open={search.explain === dayOf(row.created_at)}>
                      <th scope="row" className="whitespace-nowrap">
                        <button type="button" className="to num min-h-6" onClick={() => onChange({ explain: dayOf(row.created_at) })}>
                          {moment(row.created_at, timeZone)}
                        </button>
                      </th>
                      <td className="whitespace-nowrap">
                        <span className="inline-flex items-center gap-2">
                          <Health score={row.overall_score} level={row.risk_level} confidence={row.confidence} dense />
                          <Delta change={row.change} />
                        </span>
                      </td>
                      {COMPONENTS.map((key) => (
                        <td key={key} className="end quiet">
                          {row[`${key}_score`] ?? t('health.none')}
                        </td>
                      ))}
                      <td>{causeText(row)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollRegion>
          )
        }
      </Awaited>
    </Panel>
  )
}
