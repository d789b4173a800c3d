// An invitation: who invites to what, and the way in, for a new person or for one who has an account already.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useRouter } from '@tanstack/react-router'
import { ErrorState } from '@/components/states'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { Unreachable } from '@/components/unreachable'
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'
import { roleName } from '@/lib/roles'
import { invitationQuery, meQuery } from './api'
import { Frame } from './frame'
import { InviteForm } from './invite-form'

export function InvitePage() {
  const { token } = useParams({ from: '/invite/$token' })
  const router = useRouter()
  const offer = useQuery(invitationQuery(token))
  const me = useQuery(meQuery)
  const [unreachable, setUnreachable] = useState(false)

  if (unreachable) return <Unreachable onBack={() => setUnreachable(false)} />
  if (offer.error instanceof ApiError && offer.error.status === 404) return <Gone />
  if (offer.error) {
    return (
      <Frame title={t('invite.title')}>
        <ErrorState error={offer.error} onRetry={() => void offer.refetch()} />
      </Frame>
    )
  }
  if (!offer.data || me.data === undefined) {
    return (
      <Frame title={t('invite.title')}>
        <Skeleton className="h-40 w-full" />
      </Frame>
    )
  }
  const { email, tenant_name, role, has_account } = offer.data
  const isOther = me.data !== null && me.data.email.toLowerCase() !== email.toLowerCase()
  return (
    <Frame title={t('invite.join', { tenant: tenant_name })} sub={t('invite.as', { email, role: roleName(role) })}>
      {isOther ? (
        <p className="note note-warn">{t('invite.other', { email: me.data!.email })}</p>
      ) : has_account && !me.data ? (
        <>
          <p>{t('invite.signInFirst')}</p>
          <Link to="/login" search={{ next: `/invite/${token}` }} className={buttonClass('primary', 'lg')}>
            {t('login.submit')}
          </Link>
        </>
      ) : (
        <InviteForm token={token} isNew={!has_account && !me.data} name={me.data?.full_name ?? ''} router={router} onUnreachable={() => setUnreachable(true)} />
      )}
    </Frame>
  )
}

function Gone() {
  return (
    <Frame title={t('invite.gone')} sub={t('invite.goneText')}>
      <Link to="/login" search={{}} className={buttonClass('outline', 'lg')}>
        {t('invite.toSignIn')}
      </Link>
    </Frame>
  )
}
