// Under the name of the organization some of its accounts: those opened last, then the largest.
import { useEffect } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { largestAccountsQuery } from '@/components/account-names-api'
import { t } from '@/lib/i18n'
import { addRecent, useRecents } from '@/lib/recents'
import { trail } from '@/lib/trail'
import { sidebarItem } from './sidebar-item'

const MOST = 5

type Props = { tenant: { id: string; name: string }; className: string; onGo?: () => void }

export function SidebarAccounts({ tenant, className, onGo }: Props) {
  const recents = useRecents(tenant.id)
  const { data: largest = [] } = useQuery(largestAccountsQuery(MOST))
  const { id: open } = useParams({ strict: false })
  const here = trail.use().at(-1)
  useEffect(() => {
    if (here && here.id === open) addRecent(tenant.id, { id: here.id, title: here.name })
  }, [here, open, tenant.id])
  const known = new Map([...recents.map(({ id, title }) => [id, title] as const), ...largest.map(({ id, name }) => [id, name] as const)])
  // in the order of their names, so that none jumps when it is opened
  const shown = [...known].slice(0, MOST).toSorted(([, a], [, b]) => a.localeCompare(b))
  if (shown.length === 0) return null
  return (
    <nav aria-label={t('nav.accountsOf', { name: tenant.name })} className={className}>
      <h2 className="quiet cut px-2.5 pb-1 text-xs leading-4 font-medium" title={tenant.name}>
        <bdi>{tenant.name}</bdi>
      </h2>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
        {shown.map(([account, name]) => (
          <li key={account}>
            <Link to="/dashboard/accounts/$id" params={{ id: account }} search={{}} onClick={onGo} title={name} className={sidebarItem} activeOptions={{ includeSearch: false }} activeProps={{ className: 'font-medium text-foreground!' }}>
              <bdi className="truncate">{name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
