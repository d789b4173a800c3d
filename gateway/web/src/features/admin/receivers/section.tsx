// Receivers of webhooks: those in use and how they answer, and where the list of those allowed on private addresses is kept.
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Panel } from '@/components/ui/panel'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { When } from '@/components/ui/when'
import { listed } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { allowedHostsQuery, receiversQuery } from './receivers-api'

const setting = "ALTER SYSTEM SET customer_success.webhook_allowed_hosts = 'n8n.internal, localhost:5678';\nSELECT pg_reload_conf();"

export function Receivers() {
  const { timeZone } = useShown()
  const receivers = useQuery(receiversQuery)
  const allowed = useQuery(allowedHostsQuery)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 min-[1100px]:grid-cols-2">
      <Panel title={t('rc.used')} sub={t('rc.usedSub')}>
        <Awaited query={receivers} height={120}>
          {(all) =>
            all.length === 0 ? (
              <State>{t('rc.none')}</State>
            ) : (
              <ul className="pad small">
                {all.map(({ host, playbooks, breaker }) => (
                  <li key={host} className="border-hairline py-2 not-first:border-t">
                    <p className="flex flex-wrap items-center gap-x-4">
                      <code className="min-w-0 flex-1 font-medium wrap-anywhere">{host}</code>
                      <span className={breaker ? 'bad' : 'quiet'}>{breaker ? t('rc.held', { n: breaker.failures }) : t('rc.open')}</span>
                    </p>
                    <p className="quiet">
                      <bdi>{listed(playbooks)}</bdi>
                    </p>
                    {breaker && (
                      <p className="quiet wrap-anywhere">
                        {breaker.last_error} {t('rc.probe')} <When at={breaker.probe_at} timeZone={timeZone} />
                      </p>
                    )}
                  </li>
                ))}
              </ul>
            )
          }
        </Awaited>
      </Panel>
      <Panel title={t('rc.list')} sub={t('rc.listSub')}>
        <div className="pad small grid gap-2">
          <Awaited query={allowed} height={20}>
            {(hosts) => <p className="font-medium wrap-anywhere">{hosts.length > 0 ? <bdi>{listed(hosts)}</bdi> : t('rc.listNone')}</p>}
          </Awaited>
          <p>{t('rc.listText')}</p>
          <ScrollRegion className="code" label={t('rc.example')}>
            {setting}
          </ScrollRegion>
          <p className="quiet">{t('rc.listWho')}</p>
        </div>
      </Panel>
    </div>
  )
}
