// The frame of every page after sign-in: skip link, sidebar, header, banners, main, and what may lie over them.
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate, useRouteContext, useSearch } from '@tanstack/react-router'
import { PageTitle } from '@/components/page-title'
import { ToastList } from '@/components/toast-list'
import { endedSession } from '@/features/auth/session'
import { preferencesQuery } from '@/features/me/api'
import { TASKS, TASK_TOPICS } from '@/features/tasks/api'
import { t } from '@/lib/i18n'
import { useLive } from '@/lib/live'
import { NAMES, NAMES_TOPICS } from '@/lib/names'
import { applyPreferences, preferences, valid } from '@/lib/preferences'
import { Banners } from './banners'
import { Header } from './header'
import { Sidebar } from './sidebar'
import { useKeys } from './use-keys'

const Palette = lazy(() => import('./palette'))
const Help = lazy(() => import('./shortcut-help'))
const Tasks = lazy(() => import('@/features/tasks/drawer').then((m) => ({ default: m.TasksDrawer })))
const Peek = lazy(() => import('@/features/peek/peek').then((m) => ({ default: m.Peek })))
const SessionDialog = lazy(() => import('@/features/auth/session-dialog').then((m) => ({ default: m.SessionDialog })))

type Open = 'palette' | 'help' | 'tasks' | null

export function Shell() {
  const { me } = useRouteContext({ from: '/dashboard' })
  const { peek } = useSearch({ from: '/dashboard' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const [open, setOpen] = useState<Open>(null)
  const ended = endedSession.use()
  const close = useCallback(() => setOpen(null), [])
  const show = useCallback((id: string | undefined) => void navigate({ to: '.', search: (now) => ({ ...now, peek: id }), resetScroll: false }), [navigate])
  const timeZone = me.tenant?.settings.time_zone ?? 'UTC'
  useKeys(me.permissions, setOpen)
  useKeptPreferences(me.tenant !== null)
  useLive(TASK_TOPICS, useCallback(() => void client.invalidateQueries({ queryKey: TASKS }), [client]))
  useLive(NAMES_TOPICS, useCallback(() => void client.invalidateQueries({ queryKey: NAMES }), [client]))

  return (
    <div className="flex min-h-dvh">
      <a href="#main" className="sr-only z-50 rounded-control bg-primary px-3 py-2 text-primary-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        {t('app.skip')}
      </a>
      <Sidebar timeZone={timeZone} onHelp={() => setOpen('help')} />
      <div className="flex min-w-0 flex-1 flex-col">
        <Header me={me} onSearch={() => setOpen('palette')} onTasks={() => setOpen(open === 'tasks' ? null : 'tasks')} />
        {me.tenant && <Banners me={me} />}
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[1560px] flex-1 px-6 pt-5 pb-12 max-md:px-4 max-md:pt-4 max-md:pb-22">
          {me.tenant ? <Outlet /> : <NoTenant />}
        </main>
      </div>
      <Suspense>
        {open === 'palette' && <Palette me={me} onClose={close} onHelp={() => setOpen('help')} />}
        {open === 'help' && <Help onClose={close} />}
        {open === 'tasks' && <Tasks timeZone={timeZone} mayComplete={me.permissions.includes('activity.log')} onClose={close} onOpen={(id) => { close(); show(id) }} />}
        {peek && me.tenant && open !== 'tasks' && <Peek id={peek} currency={me.tenant.settings.currency ?? 'USD'} timeZone={timeZone} onClose={() => show(undefined)} onPeek={show} />}
        {ended && <SessionDialog me={ended} />}
      </Suspense>
      <ToastList />
    </div>
  )
}

/** What the person chose in another browser holds here too. */
function useKeptPreferences(enabled: boolean) {
  const { data } = useQuery({ ...preferencesQuery, enabled })
  useEffect(() => {
    if (data) applyPreferences(valid(data, preferences.get()))
  }, [data])
}

function NoTenant() {
  return (
    <>
      <PageTitle title={t('app.noTenantTitle')} />
      <p className="mt-2 max-w-prose">{t('app.noTenant')}</p>
    </>
  )
}
