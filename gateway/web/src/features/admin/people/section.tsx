// People and what they may do: members, open invitations, database roles, the rights of each role.
import { lazy, Suspense, useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { ADMIN } from '../api'
import { HeadMore } from '../head-more'
import { useShown } from '../shown'
import { DatabaseRoles } from './database-roles'
import { Invitations } from './invitations'
import { MemberTable } from './member-table'
import { membersQuery, type Invitation } from './people-api'
import { RightsPanel } from './rights-panel'

const InviteDialog = lazy(() => import('@/components/inviting/invite-dialog').then((m) => ({ default: m.InviteDialog })))

export function People() {
  const client = useQueryClient()
  const { mayEdit } = useShown()
  const members = useQuery(membersQuery)
  const [inviting, setInviting] = useState<Invitation | 'new'>()
  return (
    <>
      {mayEdit && (
        <HeadMore>
          <Button className="ms-auto" onClick={() => setInviting('new')}>
            <UserPlus aria-hidden />
            {t('inviting.title')}
          </Button>
        </HeadMore>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Awaited query={members} height={200}>
          {(all) => <MemberTable members={all} />}
        </Awaited>
        {mayEdit && <Invitations onAgain={setInviting} />}
        <DatabaseRoles people={members.data ?? []} />
        <RightsPanel />
      </div>
      <Suspense>{inviting && <InviteDialog to={inviting === 'new' ? undefined : inviting} onClose={() => setInviting(undefined)} onDone={() => void client.invalidateQueries({ queryKey: ADMIN })} />}</Suspense>
    </>
  )
}
