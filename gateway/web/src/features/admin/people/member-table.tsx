// The members: role, accounts, and what can be done with each; oneself and the last administrator are protected.
import { lazy, Suspense, useState } from 'react'
import { Ellipsis } from 'lucide-react'
import { ListLink } from '@/components/list-link'
import { buttonClass } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { Panel } from '@/components/ui/panel'
import { Person } from '@/components/ui/person'
import { where } from '@/lib/criteria'
import { count, dayShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { roleName } from '@/lib/roles'
import { useShown } from '../shown'
import type { Member } from './people-api'

const RoleDialog = lazy(() => import('./role-dialog').then((m) => ({ default: m.RoleDialog })))
const ResetDialog = lazy(() => import('./reset-dialog').then((m) => ({ default: m.ResetDialog })))
const LeaveDialog = lazy(() => import('./leave-dialog').then((m) => ({ default: m.LeaveDialog })))

type Deed = 'role' | 'reset' | 'leave'

/** Why someone cannot be changed. */
function protection(one: Member, members: Member[], self: string) {
  if (one.user_id === self) return t('pp.self')
  const admins = members.filter((it) => it.is_active && it.role === 'Tenant Admin')
  return one.role === 'Tenant Admin' && admins.length === 1 ? t('pp.last') : undefined
}

export function MemberTable({ members }: { members: Member[] }) {
  const { mayEdit, me, timeZone } = useShown()
  const [open, setOpen] = useState<{ what: Deed; member: Member }>()
  const close = () => setOpen(undefined)
  return (
    <Panel title={t('pp.members')} sub={t('pp.membersSub', { n: members.filter((one) => one.is_active).length })}>
      <table className="tbl">
        <caption className="sr-only">{t('pp.members')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('pp.name')}</th>
            <th scope="col" className="wide-only">{t('login.email')}</th>
            <th scope="col">{t('inviting.role')}</th>
            <th scope="col" className="end">{t('pp.accounts')}</th>
            <th scope="col" className="wide-only">{t('pp.since')}</th>
            {mayEdit && (
              <th scope="col">
                <span className="sr-only">{t('actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {members.map((one) => (
            <tr key={one.user_id} className={one.is_active ? undefined : 'quiet'}>
              <th scope="row" className="max-w-48 font-medium">
                <Person name={one.full_name} />
              </th>
              <td className="wide-only max-w-56">
                <span className="cut" title={one.email}>{one.email}</span>
              </td>
              <td>{one.is_active ? roleName(one.role) : t('pp.gone')}</td>
              <td className="end">{one.accounts > 0 ? <ListLink criteria={where('csm', 'eq', one.user_id)}>{count(one.accounts)}</ListLink> : t('pp.noAccounts')}</td>
              <td className="num quiet wide-only">{dayShort(one.created_at, timeZone)}</td>
              {mayEdit && (
                <td className="end">
                  {one.is_active && (
                    <Actions name={one.full_name} held={protection(one, members, me.user_id)} onDo={(what) => setOpen({ what, member: one })} />
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <Suspense>
        {open?.what === 'role' && <RoleDialog member={open.member} onClose={close} />}
        {open?.what === 'reset' && <ResetDialog member={open.member} onClose={close} />}
        {open?.what === 'leave' && <LeaveDialog member={open.member} others={members.filter((one) => one.is_active && one.user_id !== open.member.user_id)} onClose={close} />}
      </Suspense>
    </Panel>
  )
}

/** What is protected says why in place of what could be done. */
function Actions({ name, held, onDo }: { name: string; held: string | undefined; onDo: (what: Deed) => void }) {
  return (
    <Menu
      align="end"
      trigger={{ className: buttonClass('ghost', 'icon-xs'), label: t('pp.more', { name }), children: <Ellipsis aria-hidden /> }}
      entries={held ? [{ title: held }] : [{ label: t('pp.role'), onSelect: () => onDo('role') }, { label: t('pp.reset'), onSelect: () => onDo('reset') }, 'line', { label: t('pp.deactivate'), danger: true, onSelect: () => onDo('leave') }]}
    />
  )
}
