// The tabs of an account's page and the one that is open; each is loaded when it is first looked at and fails by itself.
import { lazy, Suspense } from 'react'
import { Boundary, ErrorState } from '@/components/states'
import { Skeleton } from '@/components/ui/skeleton'
import { tabPanel, Tabs } from '@/components/ui/tabs'
import { t } from '@/lib/i18n'
import { TABS, type Tab } from './search'
import { useShown } from './shown'

const views = {
  overview: lazy(() => import('./overview/overview').then((m) => ({ default: m.Overview }))),
  timeline: lazy(() => import('./timeline/timeline-tab').then((m) => ({ default: m.TimelineTab }))),
  health: lazy(() => import('./health/health-tab').then((m) => ({ default: m.HealthTab }))),
  usage: lazy(() => import('./usage/usage-tab').then((m) => ({ default: m.UsageTab }))),
  journey: lazy(() => import('./journey/journey-tab').then((m) => ({ default: m.JourneyTab }))),
  family: lazy(() => import('./family/family-tab').then((m) => ({ default: m.FamilyTab }))),
  automation: lazy(() => import('./automation/automation-tab').then((m) => ({ default: m.AutomationTab }))),
  fields: lazy(() => import('./fields/fields-tab').then((m) => ({ default: m.FieldsTab }))),
}

export function TabArea() {
  const { id, search, page, may, onChange } = useShown()
  const tabs = TABS.filter((tab) => tab !== 'automation' || may('playbook.read'))
  const tab: Tab = tabs.find((one) => one === search.tab) ?? 'overview'
  const counts: Partial<Record<Tab, number>> = { family: page.rollup.accounts > 1 ? page.rollup.accounts : undefined, automation: page.deliveries.length || undefined }
  const View = views[tab]
  return (
    <>
      <Tabs
        id="account"
        label={t('acct.tabs')}
        value={tab}
        tabs={tabs.map((key) => ({ key, label: t(`acct.${key}`), count: counts[key], href: `/dashboard/accounts/${id}${key === 'overview' ? '' : `?tab=${key}`}` }))}
        onChange={(next) => onChange({ tab: next === 'overview' ? undefined : next, explain: undefined, field: undefined, playbook: undefined })}
      />
      <div {...tabPanel('account', tab)} className="pt-4 outline-none">
        <Boundary key={tab} fallback={broken}>
          <Suspense fallback={<Skeleton className="h-83" />}>
            <View />
          </Suspense>
        </Boundary>
      </div>
    </>
  )
}

const broken = (error: Error, again: () => void) => (
  <section className="panel pt-4">
    <ErrorState error={error} onRetry={again} />
  </section>
)
