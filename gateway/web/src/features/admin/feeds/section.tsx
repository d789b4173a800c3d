// Feeds of usage: which come, which are silent, whether someone said that a silence is real, and what waits for its account.
import { lazy, Suspense, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { message, State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { When } from '@/components/ui/when'
import { dayShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { fail, toast } from '@/lib/toasts'
import { peopleNamesQuery } from '../api'
import { useShown } from '../shown'
import { Waiting } from './waiting'
import { KINDS, outagesQuery, silencesQuery, withdrawSilence, type Kind, type Outage } from './feeds-api'

const AcceptDialog = lazy(() => import('./accept-dialog').then((m) => ({ default: m.AcceptDialog })))

export function Feeds() {
  const { me } = useShown()
  const outages = useQuery(outagesQuery)
  const [accepting, setAccepting] = useState<Kind>()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 min-[1100px]:grid-cols-2">
        <Panel
          title={t('admin.feeds')}
          sub={t('fd.sub')}
          footer={
            <span>
              {t('fd.more')}{' '}
              <Link to="/dashboard/admin/$section" params={{ section: 'health' }} className="link">
                {t('admin.health')}
              </Link>
            </span>
          }
        >
          <Awaited query={outages} height={180}>
            {(all) => (
              <ul className="pad small">
                {KINDS.map((kind) => (
                  <Feed key={kind} kind={kind} outage={all.find((one) => one.metric_type === kind)} onAccept={() => setAccepting(kind)} />
                ))}
              </ul>
            )}
          </Awaited>
        </Panel>
        <History />
      </div>
      {me.permissions.includes('usage.record') && <Waiting />}
      <Suspense>{accepting && <AcceptDialog kind={accepting} onClose={() => setAccepting(undefined)} />}</Suspense>
    </div>
  )
}

function Feed({ kind, outage, onAccept }: { kind: Kind; outage: Outage | undefined; onAccept: () => void }) {
  const { mayEdit, timeZone } = useShown()
  const client = useQueryClient()
  const withdraw = useMutation({
    mutationFn: () => withdrawSilence(kind),
    onSuccess: () => toast(t('fd.withdrawn', { kind: t(`fd.${kind}`) })),
    onError: (error) => fail(message(error)),
    onSettled: () => client.invalidateQueries(),
  })
  const Icon = outage && !outage.is_accepted ? TriangleAlert : CircleCheck
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-hairline py-2 not-first:border-t">
      <Icon aria-hidden className={outage && !outage.is_accepted ? 'warn size-4' : 'good size-4'} strokeWidth={1.5} />
      <span className="min-w-0 flex-1 basis-44">
        <b className="font-medium">{t(`fd.${kind}`)}</b>{' '}
        <span className="quiet">
          {outage ? (
            <>
              {t('fd.silent')} <When at={outage.since} timeZone={timeZone} />
            </>
          ) : (
            t('fd.comes')
          )}
        </span>
        {outage?.is_accepted && (
          <span className="quiet block wrap-anywhere">
            {t('fd.acceptedBy', { who: outage.accepted_by ?? t('draft.someone') })} <bdi>{outage.reason}</bdi>
          </span>
        )}
      </span>
      {mayEdit && outage && !outage.is_accepted && (
        <Button look="outline" size="xs" onClick={onAccept}>
          {t('fd.accept')}
        </Button>
      )}
      {mayEdit && outage?.is_accepted && (
        <Button look="outline" size="xs" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {t('fd.withdraw')}
        </Button>
      )}
    </li>
  )
}

function History() {
  const { timeZone } = useShown()
  const silences = useQuery(silencesQuery)
  const { data: people } = useQuery(peopleNamesQuery)
  const name = (id: string | null) => (id && people?.get(id)) ?? t('draft.someone')
  return (
    <Panel title={t('fd.history')} sub={t('fd.historySub')}>
      <Awaited query={silences} height={80}>
        {(all) =>
          all.length === 0 ? (
            <State>{t('fd.noHistory')}</State>
          ) : (
            <ul className="pad small">
              {all.map((one) => (
                <li key={one.id} className="border-hairline py-2 not-first:border-t">
                  <p className="flex flex-wrap gap-x-3">
                    <b className="font-medium">{t(`fd.${one.metric_type}`)}</b>
                    <span className="quiet">{t('fd.line', { who: name(one.accepted_by), day: dayShort(one.accepted_at, timeZone) })}</span>
                    {one.withdrawn_at && <span className="quiet">{t('fd.until', { day: dayShort(one.withdrawn_at, timeZone) })}</span>}
                  </p>
                  <p className="wrap-anywhere">
                    <bdi>{one.reason}</bdi>
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Awaited>
    </Panel>
  )
}
