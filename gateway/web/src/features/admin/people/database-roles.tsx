// Database roles that act for a person: who connects as themselves, read-only, because the database's superuser links them.
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Panel } from '@/components/ui/panel'
import { dayShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { databaseRolesQuery, type Member } from './people-api'

export function DatabaseRoles({ people }: { people: Member[] }) {
  const { timeZone } = useShown()
  const roles = useQuery(databaseRolesQuery)
  return (
    <Panel title={t('pp.roles')} sub={t('pp.rolesSub')} footer={<span>{t('pp.rolesHow')}</span>}>
      <Awaited query={roles} height={60}>
        {(all) =>
          all.length === 0 ? (
            <State>{t('pp.noRoles')}</State>
          ) : (
            <ul className="pad small">
              {all.map((one) => (
                <li key={one.role_name} className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 border-hairline not-first:border-t">
                  <code className="min-w-0 flex-1 wrap-anywhere">{one.role_name}</code>
                  <bdi>{people.find((it) => it.user_id === one.user_id)?.full_name ?? t('unknown')}</bdi>
                  <span className="quiet num">{t('pp.linked', { day: dayShort(one.created_at, timeZone) })}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Awaited>
    </Panel>
  )
}
