// The views side by side: each a link with how many accounts it has, marked where it names what is gone; what can be done with the one that is open is in its menu.
import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Ellipsis, TriangleAlert, Users } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entries'
import type { Criteria } from '@/lib/criteria'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import { summaryQuery } from '../api'
import type { Tab } from './use-view'

const MOST_COUNTS = 12

type Props = { tabs: Tab[]; current: Tab; isChanged: boolean; entries: MenuEntry[] }

export function ViewTabs({ tabs, current, isChanged, entries }: Props) {
  const idle = useIdle()
  return (
    <div className="views-row">
      <nav aria-label={t('views.label')} className="views">
        {tabs.map((tab, i) => (
          <Link key={tab.id} to="/dashboard/accounts" search={(now) => ({ peek: (now as { peek?: string }).peek, ...tab.search })} activeOptions={{ explicitUndefined: true }} aria-current={tab.id === current.id ? 'page' : undefined} title={tab.saved ? tab.name : undefined}>
            <bdi className="truncate">{tab.name}</bdi>
            {tab.saved?.is_shared && (
              <>
                <Users aria-hidden className="size-3.5" strokeWidth={1.5} />
                <span className="sr-only">, {t('views.shared')}</span>
              </>
            )}
            {tab.id === current.id && isChanged && (
              <>
                <span aria-hidden className="dot" />
                <span className="sr-only">, {t('views.changed')}</span>
              </>
            )}
            {idle && i < MOST_COUNTS && <Count criteria={tab.criteria} />}
          </Link>
        ))}
      </nav>
      <Menu trigger={{ className: buttonClass('ghost', 'icon'), label: t('views.more', { name: current.name }), title: t('views.more', { name: current.name }), children: <Ellipsis aria-hidden /> }} entries={entries} />
    </div>
  )
}

function Count({ criteria }: { criteria: Criteria | undefined }) {
  const { data } = useQuery({ ...summaryQuery(criteria), retry: false })
  if (!data) return null
  return (
    <>
      <span className="n num">{count(data.accounts)}</span>
      {data.problem && (
        <span className="warn" title={data.problem}>
          <TriangleAlert aria-hidden className="size-4" strokeWidth={1.5} />
          <span className="sr-only">, {t('gone.mark')}</span>
        </span>
      )}
    </>
  )
}

/** The rows come first. */
function useIdle() {
  const [idle, setIdle] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIdle(true), 400)
    return () => clearTimeout(timer)
  }, [])
  return idle
}
