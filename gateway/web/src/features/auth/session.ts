// How a session begins and ends in the browser: the guard of every page, sign-out, a session that expired.
import type { QueryClient } from '@tanstack/react-query'
import { redirect, type RegisteredRouter } from '@tanstack/react-router'
import { ApiError } from '@/lib/api'
import { HOME, safeNext } from '@/lib/next-path'
import { createStore } from '@/lib/store'
import { endSession, meQuery, type Me } from './api'

// remembers that this browser was signed in: "your session ended" instead of "sign in first"
const KEY = 'cs-signed-in'

function remember(on: boolean) {
  try {
    if (on) localStorage.setItem(KEY, '1')
    else localStorage.removeItem(KEY)
  } catch {
    // without storage the message is the general one
  }
}

function wasSignedIn() {
  try {
    return localStorage.getItem(KEY) !== null
  } catch {
    return false
  }
}

/** Whose session ended while a page was open; the dialog asks for their password, the page stays as it is. */
export const endedSession = createStore<Me | null>(null)

/** Guard: returns the person, or sends to sign-in and back. Whoever has several tenants chooses one first. */
export async function requireMe(client: QueryClient, href: string) {
  const me = await client.ensureQueryData({ ...meQuery, revalidateIfStale: true })
  if (!me) throw toLogin(client, href)
  remember(true)
  if (!me.tenant && me.tenants.length > 1) throw redirect({ to: '/tenant', search: { next: href === HOME ? undefined : href }, replace: true })
  return me
}

function toLogin(client: QueryClient, href: string) {
  client.removeQueries(meQuery)
  const next = href === HOME || href === '/dashboard' ? undefined : href
  const reason = wasSignedIn() ? ('ended' as const) : next ? ('required' as const) : undefined
  remember(false)
  return redirect({ to: '/login', search: { next, reason }, replace: true })
}

/** On the pages for strangers: anyone already signed in is sent on. After a 401 or a sign-out there is no need to ask. */
export async function skipWhenSignedIn(client: QueryClient, search: { next?: string; reason?: string }) {
  if (search.reason) return
  const me = await client.fetchQuery({ ...meQuery, staleTime: 5_000 })
  if (me) throw redirect({ href: safeNext(search.next) ?? HOME, replace: true })
}

/** Takes in who has just signed in, and goes where they wanted. */
export function enter(router: RegisteredRouter, me: Me, next?: string) {
  const { client } = router.options.context
  client.clear()
  client.setQueryData(meQuery.queryKey, me)
  remember(true)
  const to = safeNext(next) ?? HOME
  if (!me.tenant && me.tenants.length > 1 && !to.startsWith('/invite/')) return router.navigate({ to: '/tenant', search: { next: safeNext(next) } })
  router.history.push(to)
  return Promise.resolve()
}

export async function signOut(router: RegisteredRouter) {
  await endSession().catch((error: unknown) => {
    if (!(error instanceof ApiError && error.unauthorized)) throw error
  })
  remember(false)
  await router.navigate({ to: '/login', search: { next: undefined, reason: 'out' } })
  router.options.context.client.clear()
}

/** A 401 while a page is open. Before the first page is shown, the guard handles it. */
export function onSessionEnded(router: RegisteredRouter, client: QueryClient) {
  const { resolvedLocation, location } = router.state
  if (!resolvedLocation?.pathname.startsWith('/dashboard') || !location.pathname.startsWith('/dashboard')) return
  const me = client.getQueryData(meQuery.queryKey)
  if (me) endedSession.set(me)
  else void router.navigate({ to: '/login', search: { next: location.href, reason: 'ended' }, replace: true })
}
