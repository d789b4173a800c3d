// The frame of every page after sign-in: skip link, sidebar, header, main.
import { Outlet, useRouteContext } from '@tanstack/react-router'
import { WifiOff } from 'lucide-react'
import { PageTitle } from '@/components/page-title'
import { useOnline } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { Header } from './header'
import { Sidebar } from './sidebar'

export function Shell() {
  const { me } = useRouteContext({ from: '/dashboard' })
  const online = useOnline()
  return (
    <div className="flex min-h-dvh">
      <a href="#main" className="sr-only z-50 rounded-md bg-primary px-3 py-2 text-primary-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        {t('app.skip')}
      </a>
      <Sidebar />
      <div className="flex min-w-0 flex-1 flex-col">
        <Header me={me} />
        {!online && (
          <p role="status" className="flex items-center gap-2 border-b bg-at-risk-bg px-5 py-2 text-at-risk-fg">
            <WifiOff aria-hidden className="size-4 shrink-0" />
            {t('app.offline')}
          </p>
        )}
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[1560px] flex-1 px-3 py-4 sm:px-5">
          {me.tenant ? <Outlet /> : <NoTenant />}
        </main>
      </div>
    </div>
  )
}

function NoTenant() {
  return (
    <>
      <PageTitle title={t('nav.accounts')} className="text-xl" />
      <p className="mt-2 max-w-prose">{t('app.noTenant')}</p>
    </>
  )
}
