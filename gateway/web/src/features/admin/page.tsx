// Administration: the address and the person go in, a changed address comes out.
import { useCallback } from 'react'
import { useNavigate, useParams, useRouteContext, useSearch } from '@tanstack/react-router'
import { Forbidden } from '@/components/forbidden'
import { PageTitle } from '@/components/page-title'
import { t } from '@/lib/i18n'
import { AdminView } from './admin-view'
import type { AdminSearch } from './search'
import { isSection } from './sections'

export function AdminPage() {
  const { me } = useRouteContext({ from: '/dashboard' })
  const { section } = useParams({ from: '/dashboard/admin/$section' })
  const search = useSearch({ from: '/dashboard/admin/$section' })
  const navigate = useNavigate({ from: '/dashboard/admin/$section' })
  const go = useCallback((to: string) => void navigate({ params: { section: to }, search: {} }), [navigate])
  const change = useCallback((part: Partial<AdminSearch>) => void navigate({ search: (now) => ({ ...now, ...part }), resetScroll: false }), [navigate])
  const peek = useCallback((account: string) => void navigate({ search: (now) => ({ ...now, peek: account }), resetScroll: false }), [navigate])
  if (!me.permissions.includes('account.edit')) {
    return (
      <div className="panel pt-3">
        <PageTitle title={t('nav.admin')} owner={me.tenant?.name} className="px-4 pb-2" />
        <Forbidden roles={['Practitioner', 'Tenant Admin']} />
      </div>
    )
  }
  return <AdminView me={me} section={isSection(section) ? section : 'stages'} search={search} onSection={go} onChange={change} onPeek={peek} />
}
