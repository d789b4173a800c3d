// What replaces a whole page: not loaded yet, not found, or failed.
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { Brand } from '@/components/brand'
import { PageTitle } from '@/components/page-title'
import { ErrorState } from '@/components/states'
import { buttonClass } from '@/components/ui/button'
import { Unreachable } from '@/components/unreachable'
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'
import { HOME } from '@/lib/next-path'

export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const again = () => {
    reset()
    void router.invalidate()
  }
  if (error instanceof ApiError && error.unreachable) return <Unreachable onBack={again} />
  return (
    <main className="mx-auto max-w-xl px-4 pt-[12vh]">
      <PageTitle title={t('error.title')} className="mb-2 px-4" />
      <ErrorState error={error} onRetry={again} />
    </main>
  )
}

/** Of an address outside of the frame. */
export function NotFound() {
  return (
    <main className="mx-auto max-w-xl px-5 pt-6">
      <Brand />
      <div className="mt-[12vh]">
        <Missing />
      </div>
    </main>
  )
}

/** Within the frame, which stays. */
export function Missing() {
  return (
    <>
      <PageTitle title={t('missing.title')} />
      <p className="quiet mt-1 mb-4">{t('missing.text')}</p>
      <Link to={HOME} className={buttonClass()}>
        {t('missing.home')}
      </Link>
    </>
  )
}

/** The bare frame, until the first answer arrives. */
export function Pending() {
  return (
    <div className="flex min-h-dvh">
      <div className="hidden w-14 border-r bg-sidebar md:block lg:w-58" />
      <div className="h-12 flex-1 border-b" />
    </div>
  )
}
