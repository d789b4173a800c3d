// All routes: what their address may hold, who may see them, and which code they load.
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { accountSearch360 } from '@/features/account/search'
import { accountSearch } from '@/features/accounts/search'
import { adminSearch } from '@/features/admin/search'
import { meQuery } from '@/features/auth/api'
import { requireMe, skipWhenSignedIn } from '@/features/auth/session'
import { automationSearch, builderSearch } from '@/features/automation/search'
import { prefetchExecutive } from '@/features/executive/prefetch'
import { executiveSearch } from '@/features/executive/range'
import { journeySearch } from '@/features/journey/search'
import { LiveRegions } from '@/layout/live-regions'
import { pages } from '@/layout/pages'
import { withWords, type Key } from '@/lib/i18n'
import { HOME, safeNext } from '@/lib/next-path'
import { Missing, NotFound, Pending, RouteError } from './route-states'

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: () => (
    <>
      <Outlet />
      <LiveRegions />
    </>
  ),
  notFoundComponent: NotFound,
})

const toHome = () => {
  throw redirect({ to: HOME, replace: true })
}
const home = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: toHome })

const loginSearch = z.object({
  next: z.catch(z.optional(z.string()), undefined),
  reason: z.catch(z.optional(z.enum(['ended', 'required', 'out', 'left'])), undefined),
})
type LoginSearch = { next?: string; reason?: 'ended' | 'required' | 'out' | 'left' }

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search): LoginSearch => {
    const { next, reason } = loginSearch.parse(search)
    return { next: safeNext(next), reason }
  },
  beforeLoad: ({ context, search }) => skipWhenSignedIn(context.client, search),
  component: lazyRouteComponent(() => import('@/features/auth/login-page'), 'LoginPage'),
})

const signup = createRoute({
  getParentRoute: () => root,
  path: '/signup',
  beforeLoad: ({ context }) => skipWhenSignedIn(context.client, {}),
  component: lazyRouteComponent(() => import('@/features/auth/signup-page'), 'SignupPage'),
})

const forgotten = createRoute({
  getParentRoute: () => root,
  path: '/forgotten',
  component: lazyRouteComponent(() => import('@/features/auth/forgotten-page'), 'ForgottenPage'),
})

const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite/$token',
  component: lazyRouteComponent(() => import('@/features/auth/invite-page'), 'InvitePage'),
})

// beside the frame of the pages: whoever has forgotten their password cannot be signed in
const reset = createRoute({
  getParentRoute: () => root,
  path: '/dashboard/reset/$token',
  component: lazyRouteComponent(withWords(() => import('@/features/auth/reset-page'), 'reset'), 'ResetPage'),
})

const tenant = createRoute({
  getParentRoute: () => root,
  path: '/tenant',
  validateSearch: (search): { next?: string } => ({ next: safeNext(search.next) }),
  beforeLoad: async ({ context }) => {
    const me = await context.client.ensureQueryData(meQuery)
    if (!me) throw redirect({ to: '/login', search: { reason: 'required' }, replace: true })
    return { me }
  },
  component: lazyRouteComponent(() => import('@/features/auth/tenant-page'), 'TenantPage'),
})

/** The code behind the frame and its pages. */
const code = {
  shell: () => import('@/layout/shell'),
  '/dashboard/executive': () => import('@/features/executive/page'),
  '/dashboard/accounts': withWords(() => import('@/features/accounts/page'), 'accounts', 'criteria', 'edit', 'gone', 'load'),
  '/dashboard/journey': withWords(() => import('@/features/journey/page'), 'journey', 'moves', 'criteria'),
  '/dashboard/automation': withWords(() => import('@/features/automation/page'), 'automation', 'criteria', 'playbooks'),
  '/dashboard/admin': withWords(() => import('@/features/admin/page'), 'admin', 'adminHealth', 'adminPeople', 'criteria', 'edit', 'gone'),
  '/dashboard/me': withWords(() => import('@/features/me/page'), 'leaving'),
  '/dashboard/parts': withWords(() => import('@/features/parts/page'), 'parts', 'admin', 'account', 'accountTabs', 'accounts', 'automation', 'criteria', 'edit', 'gone', 'playbooks'),
}

const dashboard = createRoute({
  getParentRoute: () => root,
  path: '/dashboard',
  // the account that is looked at beside any page
  validateSearch: (search): { peek?: string } => {
    const peek = String(search.peek ?? '')
    // named even when it is nothing, or what stands in the address would stay
    return { peek: /^[0-9a-f-]{36}$/i.test(peek) ? peek : undefined }
  },
  beforeLoad: async ({ context, location }) => {
    // while the server is asked who this is
    void code.shell()
    if (location.pathname in code) void code[location.pathname as keyof typeof code]()
    return { me: await requireMe(context.client, location.href) }
  },
  component: lazyRouteComponent(code.shell, 'Shell'),
  notFoundComponent: Missing,
})

const dashboardHome = createRoute({ getParentRoute: () => dashboard, path: '/', beforeLoad: toHome })

const executive = createRoute({
  getParentRoute: () => dashboard,
  path: '/executive',
  staticData: { title: 'nav.executive' },
  validateSearch: (search) => executiveSearch.parse(search),
  loaderDeps: ({ search }) => search,
  // the answer is awaited by the page; it is only asked for as early as can be
  loader: ({ context, deps }) => prefetchExecutive(context.client, deps),
  component: lazyRouteComponent(code['/dashboard/executive'], 'ExecutivePage'),
})

const accounts = createRoute({
  getParentRoute: () => dashboard,
  path: '/accounts',
  staticData: { title: 'nav.accounts' },
  validateSearch: (search) => accountSearch.parse(search),
  component: lazyRouteComponent(code['/dashboard/accounts'], 'AccountsPage'),
})

const accountCode = withWords(() => import('@/features/account/page'), 'account', 'accountTabs', 'edit', 'gone', 'moves', 'playbooks')
const account = createRoute({
  getParentRoute: () => dashboard,
  path: '/accounts/$id',
  staticData: { title: 'nav.accounts', to: '/dashboard/accounts' },
  validateSearch: (search) => accountSearch360.parse(search),
  loader: ({ context, params }) => void accountCode().then(({ prefetch }) => prefetch(context.client, params.id)),
  component: lazyRouteComponent(accountCode, 'AccountPage'),
})

const journey = createRoute({
  getParentRoute: () => dashboard,
  path: '/journey',
  staticData: { title: 'nav.journey' },
  validateSearch: (search) => journeySearch.parse(search),
  component: lazyRouteComponent(code['/dashboard/journey'], 'JourneyPage'),
})

const automationHome = createRoute({
  getParentRoute: () => dashboard,
  path: '/automation',
  beforeLoad: () => {
    throw redirect({ to: '/dashboard/automation/$section', params: { section: 'playbooks' }, replace: true })
  },
})

const automation = createRoute({
  getParentRoute: () => dashboard,
  path: '/automation/$section',
  staticData: { title: 'nav.automation' },
  validateSearch: (search) => automationSearch.parse(search),
  component: lazyRouteComponent(code['/dashboard/automation'], 'AutomationPage'),
})

const builderCode = withWords(() => import('@/features/automation/builder/page'), 'automation', 'criteria', 'playbooks')
const newPlaybook = createRoute({
  getParentRoute: () => dashboard,
  path: '/automation/playbooks/new',
  staticData: { title: 'nav.automation', to: '/dashboard/automation' },
  validateSearch: (search) => builderSearch.parse(search),
  component: lazyRouteComponent(builderCode, 'NewPlaybookPage'),
})

const editPlaybook = createRoute({
  getParentRoute: () => dashboard,
  path: '/automation/playbooks/$id/edit',
  staticData: { title: 'nav.automation', to: '/dashboard/automation' },
  component: lazyRouteComponent(builderCode, 'EditPlaybookPage'),
})

const adminHome = createRoute({
  getParentRoute: () => dashboard,
  path: '/admin',
  beforeLoad: () => {
    throw redirect({ to: '/dashboard/admin/$section', params: { section: 'stages' }, replace: true })
  },
})

const admin = createRoute({
  getParentRoute: () => dashboard,
  path: '/admin/$section',
  staticData: { title: 'nav.admin', to: '/dashboard/admin' },
  validateSearch: (search) => adminSearch.parse(search),
  component: lazyRouteComponent(code['/dashboard/admin'], 'AdminPage'),
})

const me = createRoute({
  getParentRoute: () => dashboard,
  path: '/me',
  staticData: { title: 'user.settings' },
  component: lazyRouteComponent(code['/dashboard/me'], 'MePage'),
})

const parts = createRoute({
  getParentRoute: () => dashboard,
  path: '/parts',
  staticData: { title: 'parts.title' },
  component: lazyRouteComponent(code['/dashboard/parts'], 'PartsPage'),
})

const routeTree = root.addChildren([home, login, signup, forgotten, invite, reset, tenant, dashboard.addChildren([dashboardHome, executive, accounts, account, journey, automationHome, automation, newPlaybook, editPlaybook, adminHome, admin, me, parts])])

/** While nothing else is to be done, the code of the pages that are a press away. */
function fetchPages() {
  const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1_000))
  // what cannot be fetched now is fetched, or missed, at the press
  idle(() => pages.forEach(({ to }) => void code[to]().catch(() => undefined)))
}

export function makeRouter(client: QueryClient) {
  const router = createRouter({
    routeTree,
    context: { client },
    defaultErrorComponent: RouteError,
    defaultPendingComponent: Pending,
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    defaultPreload: 'intent',
    scrollRestoration: true,
  })
  const stop = router.subscribe('onRendered', ({ toLocation }) => {
    if (!toLocation.pathname.startsWith('/dashboard')) return
    stop()
    fetchPages()
  })
  return router
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
  interface StaticDataRouteOption {
    title?: Extract<Key, 'nav.executive' | 'nav.accounts' | 'nav.journey' | 'nav.automation' | 'nav.admin' | 'user.settings' | 'parts.title'>
    /** where the title leads from what lies below that page */
    to?: '/dashboard/accounts' | '/dashboard/automation' | '/dashboard/admin'
  }
}
