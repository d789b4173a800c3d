// Invitations that are not accepted yet; the link of one is made anew, and the old one ends, or it is taken back.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { message, State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { dayShort } from '@/lib/format'
import { useNow } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { roleName } from '@/lib/roles'
import { fail, toast } from '@/lib/toasts'
import { useShown } from '../shown'
import { invitationsQuery, revokeInvitation, type Invitation } from './people-api'

export function Invitations({ onAgain }: { onAgain: (one: Invitation) => void }) {
  const { timeZone } = useShown()
  const now = useNow(60_000)
  const open = useQuery(invitationsQuery)
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: (one: Invitation) => revokeInvitation(one.id),
    onSuccess: (_, { email }) => toast(t('pp.revoked', { email })),
    onError: (error) => fail(message(error)),
    onSettled: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  })
  return (
    <Panel title={t('pp.invitations')} sub={t('pp.invitationsSub')}>
      <Awaited query={open} height={80}>
        {(all) =>
          all.length === 0 ? (
            <State>{t('pp.noInvitations')}</State>
          ) : (
            <ul className="pad small">
              {all.map((one) => {
                // the clock of this page may be a minute behind what was just read
                const over = Date.parse(one.expires_at) <= Math.max(now, open.dataUpdatedAt)
                return (
                  <li key={one.id} className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 border-hairline py-1 not-first:border-t">
                    <span className="min-w-0 flex-1 basis-44 font-medium wrap-anywhere">{one.email}</span>
                    <span>{roleName(one.role)}</span>
                    <span className={over ? 'warn num' : 'quiet num'}>{t(over ? 'pp.expired' : 'pp.until', { day: dayShort(one.expires_at, timeZone) })}</span>
                    <Button look="outline" size="xs" onClick={() => onAgain(one)} aria-label={t('pp.againOne', { email: one.email })}>
                      {t('pp.again')}
                    </Button>
                    {!over && (
                      <Button look="ghost" size="xs" held={revoke.isPending} onClick={() => revoke.mutate(one)} aria-label={t('pp.revokeOne', { email: one.email })}>
                        {t('pp.revoke')}
                      </Button>
                    )}
                  </li>
                )
              })}
            </ul>
          )
        }
      </Awaited>
    </Panel>
  )
}
