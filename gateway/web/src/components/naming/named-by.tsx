// What still names something that goes: views, playbooks, caps and milestones, each leading to where it is changed.
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { viewSearch } from '@/lib/view-search'
import { viewsQuery } from '@/lib/views'
import type { Naming } from './named-by-api'

const MOST_SHOWN = 20

export function NamedBy({ all }: { all: Naming[] }) {
  if (all.length === 0) return null
  return (
    <Note tone="warn">
      <p>{t('gone.namedBy', { n: all.length })}</p>
      <ul className="mt-1 grid gap-1" aria-label={t('gone.namedBy', { n: all.length })}>
        {all.slice(0, MOST_SHOWN).map((one) => (
          <li key={`${one.kind}-${one.id}-${one.name}`} className="wrap-anywhere">
            {t(`goneKind.${one.kind}`)}{' '}
            <Way to={one}>
              <bdi>{one.name ?? t('goneKind.unnamed')}</bdi>
            </Way>
          </li>
        ))}
      </ul>
      {all.length > MOST_SHOWN && <p className="num">{t('gone.namedMore', { n: all.length - MOST_SHOWN })}</p>}
    </Note>
  )
}

function Way({ to: { kind, id }, children }: { to: Naming; children: ReactNode }) {
  const { data: views } = useQuery({ ...viewsQuery, enabled: kind === 'saved_view' })
  const view = views?.find((one) => one.id === id)
  if (kind === 'playbook') {
    return (
      <Link to="/dashboard/automation/playbooks/$id/edit" params={{ id }} className="link">
        {children}
      </Link>
    )
  }
  if (kind === 'saved_view') {
    return (
      <Link to="/dashboard/accounts" search={view ? viewSearch(view) : { view: id }} className="link">
        {children}
      </Link>
    )
  }
  return (
    <Link to="/dashboard/admin/$section" params={{ section: kind === 'cap' ? 'health' : 'milestones' }} search={{}} className="link">
      {children}
    </Link>
  )
}
