// The links to the pages, to saved views and to some accounts; the narrow rail shows only icons.
import { useQuery } from '@tanstack/react-query'
import { Link, useRouteContext } from '@tanstack/react-router'
import { ListFilter } from 'lucide-react'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import { viewSearch } from '@/lib/view-search'
import { accountViewsQuery } from '@/lib/views'
import { pagesFor } from './pages'
import { SidebarAccounts } from './sidebar-accounts'
import { sidebarItem } from './sidebar-item'

const MOST_VIEWS = 6

/** `rail` at this width; `narrow` at every width. */
export function Nav({ rail, narrow, onGo }: { rail?: boolean; narrow?: boolean; onGo?: () => void }) {
  const { me } = useRouteContext({ from: '/dashboard' })
  const hidden = narrow ? 'sr-only' : rail ? 'max-lg:sr-only' : ''
  const wide = narrow ? 'hidden' : rail ? 'max-lg:hidden' : ''
  return (
    <>
      <nav aria-label={t('nav.label')}>
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
          {pagesFor(me.permissions).map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Link to={to} onClick={onGo} title={rail ? t(label) : undefined} className={sidebarItem} activeOptions={{ includeSearch: false }} activeProps={{ className: 'bg-accent font-medium text-foreground!' }}>
                <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.5} />
                <span className={cn('truncate', hidden)}>{t(label)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Views className={wide} onGo={onGo} />
      {me.tenant && <SidebarAccounts tenant={me.tenant} className={wide} onGo={onGo} />}
    </>
  )
}

function Views({ className, onGo }: { className: string; onGo?: () => void }) {
  const { data = [] } = useQuery(accountViewsQuery)
  const pinned = data.filter(({ settings }) => settings.pinned === true)
  const shown = (pinned.length > 0 ? pinned : data).slice(0, MOST_VIEWS)
  if (shown.length === 0) return null
  const title = t(pinned.length > 0 ? 'nav.pinned' : 'nav.views')
  return (
    <nav aria-label={title} className={className}>
      <h2 className="quiet px-2.5 pb-1 text-xs leading-4 font-medium">{title}</h2>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
        {shown.map((view) => (
          <li key={view.id}>
            <Link to="/dashboard/accounts" search={viewSearch(view)} onClick={onGo} title={view.name} className={sidebarItem} activeOptions={{ exact: true }} activeProps={{ 'aria-current': undefined }}>
              <ListFilter aria-hidden className="size-4 shrink-0" strokeWidth={1.5} />
              <bdi className="truncate">{view.name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
