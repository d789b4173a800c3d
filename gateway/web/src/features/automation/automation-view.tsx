// The page around its three parts: title, what is wrong at present, tabs with counts.
import { Suspense, lazy } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { PageTitle } from '@/components/page-title'
import { buttonClass } from '@/components/ui/button'
import { tabPanel, Tabs } from '@/components/ui/tabs'
import { Link } from '@tanstack/react-router'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import { healthQuery, playbooksQuery, runCountQuery } from './api'
import { Playbooks } from './playbooks/playbooks'
import { SECTIONS, type Section, type SectionProps } from './search'
import { useShared } from './shared'

const Runs = lazy(() => import('./runs/runs').then((m) => ({ default: m.Runs })))
const Queue = lazy(() => import('./queue/queue').then((m) => ({ default: m.Queue })))

type Props = SectionProps & { section: Section }

export function AutomationView({ section, ...rest }: Props) {
  const { tenant, may } = useShared()
  const playbooks = useQuery(playbooksQuery)
  const runs = useQuery(runCountQuery)
  const health = useQuery(healthQuery)
  const open = health.data && health.data.pending + health.data.processing + health.data.dead_letters
  const counts = { playbooks: playbooks.data?.length, runs: runs.data, queue: open }
  const tabs = SECTIONS.map((key) => ({ key, label: t(`am.${key}`), count: counts[key] === undefined || counts[key] === null ? undefined : count(counts[key]), href: `/dashboard/automation/${key}` }))
  return (
    <div>
      <div className="mb-3 flex min-h-8 flex-wrap items-center gap-2">
        <PageTitle title={t('nav.automation')} owner={tenant} />
        {may('playbook.edit') && (
          <Link to="/dashboard/automation/playbooks/new" search={{}} className={`${buttonClass()} ms-auto`}>
            <Plus aria-hidden />
            {t('am.new')}
          </Link>
        )}
      </div>
      <Tabs id="automation" label={t('nav.automation')} tabs={tabs} value={section} onChange={(to) => rest.onGo(to)} />
      <div {...tabPanel('automation', section)} className="grid grid-cols-[minmax(0,1fr)] gap-3 pt-4 outline-none">
        <Suspense>
          {section === 'playbooks' && <Playbooks {...rest} />}
          {section === 'runs' && <Runs {...rest} />}
          {section === 'queue' && <Queue {...rest} />}
        </Suspense>
      </div>
    </div>
  )
}
