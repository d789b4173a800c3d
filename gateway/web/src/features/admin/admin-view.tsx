// The sections of administration as tabs; each is loaded when it is first looked at and fails by itself.
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Forbidden } from '@/components/forbidden'
import { PageTitle } from '@/components/page-title'
import { Boundary, ErrorState } from '@/components/states'
import { Note } from '@/components/ui/note'
import { Skeleton } from '@/components/ui/skeleton'
import { tabPanel, Tabs } from '@/components/ui/tabs'
import { t } from '@/lib/i18n'
import { useLive } from '@/lib/live'
import { useTrail } from '@/lib/trail'
import { ADMIN, ADMIN_TOPICS, countsQuery } from './api'
import type { AdminSearch } from './search'
import { edits, needs, SECTIONS, type Section } from './sections'
import { ShownContext, type Reader, type Shown } from './shown'

const views = {
  stages: lazy(() => import('./stages/section').then((m) => ({ default: m.Stages }))),
  milestones: lazy(() => import('./milestones/section').then((m) => ({ default: m.Milestones }))),
  health: lazy(() => import('./health/section').then((m) => ({ default: m.Health }))),
  fields: lazy(() => import('./fields/section').then((m) => ({ default: m.Fields }))),
  people: lazy(() => import('./people/section').then((m) => ({ default: m.People }))),
  tokens: lazy(() => import('./tokens/section').then((m) => ({ default: m.Tokens }))),
  receivers: lazy(() => import('./receivers/section').then((m) => ({ default: m.Receivers }))),
  settings: lazy(() => import('./settings/section').then((m) => ({ default: m.Settings }))),
  feeds: lazy(() => import('./feeds/section').then((m) => ({ default: m.Feeds }))),
  audit: lazy(() => import('./audit/section').then((m) => ({ default: m.Audit }))),
}

type Props = {
  me: Reader
  section: Section
  search: AdminSearch
  onSection: (to: Section) => void
  onChange: (part: Partial<AdminSearch>) => void
  onPeek: (account: string) => void
}

export function AdminView({ me, section, search, onSection, onChange, onPeek }: Props) {
  const client = useQueryClient()
  const [head, setHead] = useState<HTMLElement | null>(null)
  const [panel, setPanel] = useState<HTMLElement | null>(null)
  const may = (right: string | undefined) => right === undefined || me.permissions.includes(right)
  const { data: counts } = useQuery(countsQuery(may('people.edit')))
  useLive(ADMIN_TOPICS, useCallback(() => void client.invalidateQueries({ queryKey: ADMIN }), [client]))
  const title = t(`admin.${section}`)
  useTrail(useMemo(() => [{ id: section, name: title }], [section, title]))
  const mayRead = may(needs[section])
  const mayEdit = may(edits[section])
  const shown = useMemo((): Shown => {
    const { currency = 'USD', time_zone: timeZone = 'UTC' } = me.tenant?.settings ?? {}
    return { me, currency, timeZone, mayEdit, search, onChange, onPeek, head, panel }
  }, [me, mayEdit, search, onChange, onPeek, head, panel])
  const View = views[section]
  return (
    <div className="flex min-h-[calc(100dvh-116px)] flex-col">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <PageTitle key={section} title={title} owner={me.tenant?.name} />
        <div ref={setHead} className="flex min-h-8 min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1" />
      </div>
      <Tabs
        id="admin"
        label={t('admin.sections')}
        value={section}
        tabs={SECTIONS.map((key) => ({ key, label: t(`admin.${key}`), count: counts?.[key as keyof typeof counts], href: `/dashboard/admin/${key}` }))}
        onChange={onSection}
      />
      <div ref={setPanel} {...tabPanel('admin', section)} className="flex flex-1 flex-col pt-4 outline-none">
        {mayRead && !mayEdit && <Note className="mb-4">{t('admin.readOnly')}</Note>}
        {!mayRead && (
          <section className="panel pt-4">
            <Forbidden roles={['Tenant Admin']} />
          </section>
        )}
        {mayRead && (
          <ShownContext value={shown}>
            <Boundary key={section} fallback={broken}>
              <Suspense fallback={<Skeleton className="h-83" />}>
                <View />
              </Suspense>
            </Boundary>
          </ShownContext>
        )}
      </div>
    </div>
  )
}

const broken = (error: Error, again: () => void) => (
  <section className="panel pt-4">
    <ErrorState error={error} onRetry={again} />
  </section>
)
