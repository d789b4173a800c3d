// Database roles that act for a person, who connects as themselves, read-only: linked by the database's superuser, or offered
// by it and linked here.
import { lazy, Suspense, useState } from 'react'
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query'
import { message, State } from '@/components/states'
import { Awaited } from '@/components/awaited'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { dayShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { fail, toast } from '@/lib/toasts'
import { useShown } from '../shown'
import { databaseRolesQuery, offersQuery, unlinkAnalyst, type Member } from './people-api'
import { rolesOf, type DatabaseRole } from './role-list'

const LinkDialog = lazy(() => import('./link-dialog').then((m) => ({ default: m.LinkDialog })))

export function DatabaseRoles({ people }: { people: Member[] }) {
  const { mayEdit, timeZone } = useShown()
  const client = useQueryClient()
  const [linking, setLinking] = useState<string>()
  const [logins, offers] = useQueries({ queries: [databaseRolesQuery, offersQuery] })
  const unlink = useMutation({
    mutationFn: unlinkAnalyst,
    onSuccess: (_, role) => toast(t('pp.unlinked', { role })),
    onError: (error) => fail(message(error)),
    onSettled: () => client.invalidateQueries({ queryKey: databaseRolesQuery.queryKey }),
  })
  const line = ({ role, user_id, linked_at, isOffered }: DatabaseRole) => (
    <li key={role} className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 border-hairline py-1 not-first:border-t">
      <code className="min-w-0 flex-1 wrap-anywhere">{role}</code>
      {user_id ? <bdi>{people.find((it) => it.user_id === user_id)?.full_name ?? t('unknown')}</bdi> : <span className="quiet">{t('pp.linkedToNobody')}</span>}
      {linked_at && <span className="quiet num">{t('pp.linked', { day: dayShort(linked_at, timeZone) })}</span>}
      {mayEdit && isOffered && (
        <Button look="outline" size="xs" onClick={() => setLinking(role)} aria-label={t('pp.linkOne', { role })}>
          {t('pp.link')}
        </Button>
      )}
      {mayEdit && isOffered && user_id && (
        <Button look="ghost" size="xs" held={unlink.isPending} onClick={() => unlink.mutate(role)} aria-label={t('pp.unlinkOne', { role })}>
          {t('pp.unlink')}
        </Button>
      )}
    </li>
  )
  return (
    <Panel title={t('pp.roles')} sub={t('pp.rolesSub')} footer={<span>{t('pp.rolesHow')}</span>}>
      <Awaited query={logins} height={60}>
        {(linked) => (
          <Awaited query={offers} height={60}>
            {(offered) => {
              const all = rolesOf(linked, offered)
              return all.length === 0 ? <State>{t('pp.noRoles')}</State> : <ul className="pad small">{all.map(line)}</ul>
            }}
          </Awaited>
        )}
      </Awaited>
      <Suspense>{linking !== undefined && <LinkDialog role={linking} people={people.filter((one) => one.is_active)} onClose={() => setLinking(undefined)} />}</Suspense>
    </Panel>
  )
}
