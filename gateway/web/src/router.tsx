// All routes: what their address may hold, who may see them, and which code they load.
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { accountSearch } from '@/features/accounts/search'
import { requireMe, skipWhenSignedIn } from '@/features/auth/session'
import { LiveRegions } from '@/layout/live-regions'
import { HOME, safeNext } from '@/lib/next-path'
import { NotFound, Pending, RouteError } from './route-states'

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: () => (
    <>
      <Outlet />
      <LiveRegions />
    </>
  ),
  notFoundComponent: NotFound,
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: HOME, replace: true })
  },
})

const loginSearch = z.object({
  next: z.catch(z.optional(z.string()), undefined),
  reason: z.catch(z.optional(z.enum(['ended', 'required', 'out'])), undefined),
})

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search) => {
    const { next, reason } = loginSearch.parse(search)
    return { next: safeNext(next), reason }
  },
  beforeLoad: ({ context, search }) => skipWhenSignedIn(context.client, search),
  component: lazyRouteComponent(() => import('@/features/auth/login-page'), 'LoginPage'),
})

const dashboard = createRoute({
  getParentRoute: () => root,
  path: '/dashboard',
  beforeLoad: async ({ context, location }) => ({ me: await requireMe(context.client, location.href) }),
  component: lazyRouteComponent(() => import('@/layout/shell'), 'Shell'),
})

const dashboardHome = createRoute({
  getParentRoute: () => dashboard,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: HOME, replace: true })
  },
})

const accounts = createRoute({
  getParentRoute: () => dashboard,
  path: '/accounts',
  validateSearch: (search) => accountSearch.parse(search),
  component: lazyRouteComponent(() => import('@/features/accounts/page'), 'AccountsPage'),
})

const routeTree = root.addChildren([home, login, dashboard.addChildren([dashboardHome, accounts])])

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultErrorComponent: RouteError,
    defaultPendingComponent: Pending,
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
