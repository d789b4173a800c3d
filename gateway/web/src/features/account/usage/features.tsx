// The features the account used in the last 30 days, most used first.
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Panel } from '@/components/ui/panel'
import { When } from '@/components/ui/when'
import { count, decimal } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { featuresQuery } from './usage-api'

export function Features() {
  const { id, timeZone } = useShown()
  const features = useQuery(featuresQuery(id))
  const most = Math.max(1, ...(features.data ?? []).map((one) => one.uses))
  return (
    <Panel id="features" title={t('use.features')} sub={t('use.featuresSub')}>
      <Awaited query={features} height={160}>
        {(rows) =>
          rows.length === 0 ? (
            <State>{t('use.noFeatures')}</State>
          ) : (
            <table className="tbl">
              <caption className="sr-only">{t('use.features')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('use.feature')}</th>
                  <th scope="col" className="max-md:hidden">
                    <span className="sr-only">{t('use.share')}</span>
                  </th>
                  <th scope="col" className="end">{t('use.uses')}</th>
                  <th scope="col" className="end">{t('use.days')}</th>
                  <th scope="col" className="end">{t('use.lastUse')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.feature}>
                    <th scope="row" className="name">
                      <bdi>{row.feature}</bdi>
                    </th>
                    <td aria-hidden className="w-1/3 max-md:hidden">
                      <span className="block rounded-xs bg-bar" style={{ height: 8, width: `${(row.uses / most) * 100}%` }} />
                    </td>
                    <td className="end">{decimal(row.uses)}</td>
                    <td className="end">{count(row.days)}</td>
                    <td className="end">
                      <When at={row.last_used_at} timeZone={timeZone} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Awaited>
    </Panel>
  )
}
