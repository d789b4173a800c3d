// What is sent: where to, the headers without the secret, the payload; to copy, also as a call of cURL.
import { useQuery } from '@tanstack/react-query'
import { CopyButton } from '@/components/states'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { t } from '@/lib/i18n'
import { playbooksQuery } from '../api'
import { allActions } from '../playbook-types'
import type { WholeDelivery } from './api'
import { curlOf, shownUrl } from './curl'

export function Request({ row }: { row: WholeDelivery }) {
  const playbooks = useQuery(playbooksQuery)
  const playbook = playbooks.data?.find((one) => one.id === row.playbook_id)
  // the deliveries of a playbook are numbered as its actions are, its own webhook first
  const urls = playbook ? allActions(playbook).flatMap((one) => (one.kind === row.channel && typeof one.url === 'string' && one.url.includes(row.host.replace(/:(443|80)$/, '')) ? [one.url] : [])) : []
  const url = urls[0] ?? `https://${row.host.replace(/:443$/, '')}/…`
  const payload = JSON.stringify(row.payload, null, 2)
  const isHttp = row.channel !== 'email'
  return (
    <>
      <section aria-label={t('dv.request')}>
        <div className="mb-1 flex items-center">
          <h3 className="title">{t('dv.request')}</h3>
          {isHttp && (
            <span className="ms-auto">
              <CopyButton text={curlOf({ id: row.id, url, payload: row.payload, signed: row.channel === 'webhook' })} label={t('dv.curl')} />
            </span>
          )}
        </div>
        <dl className="facts">
          <dt>{isHttp ? 'POST' : t('action.email')}</dt>
          <dd>{isHttp ? shownUrl(url) : row.host}</dd>
          {row.channel === 'webhook' && (
            <>
              <dt>webhook-id</dt>
              <dd className="num">{row.id}</dd>
              <dt>webhook-signature</dt>
              <dd>{t('dv.signature')}</dd>
            </>
          )}
          {row.event_type && (
            <>
              <dt>{t('rnCol.event')}</dt>
              <dd>{row.event_type}</dd>
            </>
          )}
        </dl>
      </section>
      <section aria-label={t('dv.payload')}>
        <div className="mb-1 flex items-center">
          <h3 className="title">{t('dv.payload')}</h3>
          <span className="ms-auto">
            <CopyButton text={payload} label={t('copy')} />
          </span>
        </div>
        <ScrollRegion className="code" label={t('dv.payload')}>
          {payload}
        </ScrollRegion>
      </section>
    </>
  )
}
