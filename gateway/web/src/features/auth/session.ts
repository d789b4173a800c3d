// How a session begins and ends in the browser: the guard of every page, sign-out, a session that expired.
import type { QueryClient } from '@tanstack/react-query'
import { redirect, type RegisteredRouter } from '@tanstack/react-router'
import { ApiError } from '@/lib/api'
import { HOME, safeNext } from '@/lib/next-path'
import { endSession, meQuery } from './api'

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

/** Guard: returns the person, or sends to sign-in and back. */
export async function requireMe(client: QueryClient, href: string) {
  try {
    const me = await client.ensureQueryData({ ...meQuery, revalidateIfStale: true })
    remember(true)
    return me
  } catch (error) {
    if (error instanceof ApiError && error.unauthorized) throw toLogin(href)
    throw error
  }
}

function toLogin(href: string) {
  const next = href === HOME ? undefined : href
  const reason = wasSignedIn() ? ('ended' as const) : next ? ('required' as const) : undefined
  remember(false)
  return redirect({ to: '/login', search: { next, reason }, replace: true })
}

/** On the sign-in page: anyone already signed in is sent on. After a 401 or a sign-out there is no need to ask. */
export async function skipWhenSignedIn(client: QueryClient, search: { next?: string; reason?: string }) {
  if (search.reason) return
  try {
    await client.ensureQueryData(meQuery)
  } catch (error) {
    if (error instanceof ApiError && error.unauthorized) return
    throw error
  }
  throw redirect({ href: safeNext(search.next) ?? HOME, replace: true })
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
export async function onSessionEnded(router: RegisteredRouter, client: QueryClient) {
  const { resolvedLocation, location } = router.state
  if (!resolvedLocation?.pathname.startsWith('/dashboard') || location.pathname === '/login') return
  remember(false)
  await router.navigate({ to: '/login', search: { next: location.href, reason: 'ended' }, replace: true })
  client.clear()
}
