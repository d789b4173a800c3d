// One run: why it came to this, the values at that moment, what it did, its delivery, and what was sent.
import { useQuery } from '@tanstack/react-query'
import { AccountLink } from '@/components/account-link'
import { Awaited } from '@/components/awaited'
import { actionText, eventText, resultText } from '@/components/playbook/words'
import { CopyButton } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Drawer } from '@/components/ui/drawer'
import { Note } from '@/components/ui/note'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { moment } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { SectionProps } from '../search'
import { useShared } from '../shared'
import { runQuery } from './api'
import { hasRun } from './run-table'

type Props = { id: string; onClose: () => void; onGo: SectionProps['onGo']; onWhy: (playbook: string, account: string) => void }

export function RunDrawer({ id, onClose, onGo, onWhy }: Props) {
  const { timeZone } = useShared()
  const query = useQuery(runQuery(id))
  const run = query.data
  const { event_id: _id, kind: _kind, ...values } = run?.event ?? {}
  return (
    <Drawer
      label={run ? t('rn.title', { name: run.playbook_name, account: run.account_name ?? t('unknown') }) : t('am.runs')}
      head={<h2 className="cut text-base font-semibold">{run ? t('rn.title', { name: run.playbook_name, account: run.account_name ?? t('unknown') }) : ''}</h2>}
      onClose={onClose}
      footer={
        run?.account_id && (
          <Button look="outline" onClick={() => onWhy(run.playbook_id, run.account_id!)}>
            {t('why.title')}
          </Button>
        )
      }
    >
      <Awaited query={query} height={240}>
        {(found) =>
          found === null ? (
            <p className="quiet">{t('missing.text')}</p>
          ) : (
            <>
              <Note tone={found.result === 'failed' ? 'bad' : hasRun(found.result) ? 'good' : 'warn'}>
                <b className="font-semibold">{resultText(found.result)}</b> {found.reason}
                {found.is_open && ` ${t('rn.decided')}`}
              </Note>
              <dl className="facts">
                <dt>{t('rnCol.when')}</dt>
                <dd className="num">{moment(found.executed_at, timeZone)}</dd>
                <dt>{t('rnCol.account')}</dt>
                <dd>{found.account_id && found.account_name ? <AccountLink id={found.account_id} className="to">{found.account_name}</AccountLink> : t('unknown')}</dd>
                <dt>{t('rnCol.event')}</dt>
                <dd>{found.event_kind && eventText(found.event_kind)}</dd>
                <dt>{t('rn.version')}</dt>
                <dd className="num">{found.playbook_version ?? t('unknown')}</dd>
                {(found.chain ?? 1) > 1 && (
                  <>
                    <dt>{t('rn.chain')}</dt>
                    <dd>{t('rn.chainText', { n: found.chain ?? 1 })}</dd>
                  </>
                )}
              </dl>
              <section aria-label={t('rn.values')}>
                <h3 className="title mb-1">{t('rn.values')}</h3>
                <dl className="facts num">
                  {Object.entries(values).map(([key, value]) => [<dt key={key}>{key.replaceAll('_', ' ')}</dt>, <dd key={`${key}=`}>{value === null ? t('notSet') : typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>])}
                </dl>
              </section>
              {(found.actions ?? []).length > 0 && (
                <section aria-label={t('rn.did')}>
                  <h3 className="title mb-1">{t('rn.did')}</h3>
                  <ol className="small grid gap-1">
                    {(found.actions ?? []).map((action, i) => (
                      // what a run did keeps its order
                      // eslint-disable-next-line react/no-array-index-key
                      <li key={i}>{actionText(action)}</li>
                    ))}
                  </ol>
                </section>
              )}
              {found.webhook_id && found.delivery_status && (
                <Button look="outline" className="justify-self-start" onClick={() => onGo('queue', { open: found.webhook_id ?? undefined })}>
                  {t('rn.delivery')}
                </Button>
              )}
              {found.payload !== null && found.payload !== undefined && (
                <section aria-label={t('dv.payload')}>
                  <div className="mb-1 flex items-center">
                    <h3 className="title">{t('dv.payload')}</h3>
                    <span className="ms-auto">
                      <CopyButton text={JSON.stringify(found.payload, null, 2)} label={t('copy')} />
                    </span>
                  </div>
                  <ScrollRegion className="code" label={t('dv.payload')}>
                    {JSON.stringify(found.payload, null, 2)}
                  </ScrollRegion>
                </section>
              )}
            </>
          )
        }
      </Awaited>
    </Drawer>
  )
}
