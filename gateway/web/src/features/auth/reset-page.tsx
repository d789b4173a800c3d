// A link for a forgotten password: whose it is, and the choice of a new one.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useRouter } from '@tanstack/react-router'
import { ErrorState } from '@/components/states'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { Unreachable } from '@/components/unreachable'
import { ApiError } from '@/lib/api'
import { timeOfDay } from '@/lib/format'
import { t } from '@/lib/i18n'
import { resetQuery } from './api'
import { Frame } from './frame'
import { ResetForm } from './reset-form'

export function ResetPage() {
  const { token } = useParams({ from: '/dashboard/reset/$token' })
  const router = useRouter()
  const reset = useQuery(resetQuery(token))
  const [unreachable, setUnreachable] = useState(false)
  const [isOver, setOver] = useState(false)

  if (unreachable) return <Unreachable onBack={() => setUnreachable(false)} />
  if (isOver || (reset.error instanceof ApiError && reset.error.status === 404)) return <Over />
  if (!reset.data) {
    return (
      <Frame title={t('reset.title')}>
        {reset.error ? <ErrorState error={reset.error} onRetry={() => void reset.refetch()} /> : <Skeleton className="h-40 w-full" />}
      </Frame>
    )
  }
  const { email, expires_at } = reset.data
  return (
    <Frame title={t('reset.title')} sub={t('reset.for', { email, time: timeOfDay(expires_at) })}>
      <ResetForm token={token} email={email} router={router} onUnreachable={() => setUnreachable(true)} onOver={() => setOver(true)} />
    </Frame>
  )
}

function Over() {
  return (
    <Frame title={t('reset.over')} sub={t('reset.overText')}>
      <Link to="/login" search={{}} className={buttonClass('outline', 'lg')}>
        {t('invite.toSignIn')}
      </Link>
    </Frame>
  )
}
