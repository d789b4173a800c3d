// How the portfolio is: the answer in words, the figures, what is at risk; below that what explains it.
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { PageTitle } from '@/components/page-title'
import { ErrorState, StaleBanner } from '@/components/states'
import { useDelayed } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { useLive } from '@/lib/live'
import { activePeopleQuery, activeStagesQuery } from '@/lib/names'
import { usePageActions } from '@/lib/page-actions'
import { EXECUTIVE, EXECUTIVE_TOPICS, dashboardQuery } from './api'
import type { Covered } from './covered'
import { FilterBar } from './filter-bar'
import { Head } from './head'
import { Loading } from './loading'
import { rangeOf, RANGES, type ExecutiveSearch } from './range'
import { criteriaOf } from './segment'
import { Upper } from './upper'
import { useViews } from './use-views'

const Lower = lazy(() => import('./lower').then((m) => ({ default: m.Lower })))
const FirstRun = lazy(() => import('./first-run').then((m) => ({ default: m.FirstRun })))

type Person = { full_name: string; permissions: string[]; tenant: { name: string } | null }
type Props = { me: Person; search: ExecutiveSearch; onChange: (part: Partial<ExecutiveSearch>) => void; onPeek: (id: string) => void }

export function ExecutiveView({ me, search, onChange, onPeek }: Props) {
  const client = useQueryClient()
  const { views, isWaiting } = useViews(search.view)
  const people = useQuery(activePeopleQuery)
  const stages = useQuery(activeStagesQuery)
  const criteria = criteriaOf(search, views)
  const range = rangeOf(search)
  const found = useQuery({ ...dashboardQuery(criteria, range), enabled: !isWaiting })
  const late = useDelayed(!found.data && !found.error, 150)
  // a hidden tab asks again once it is looked at
  const refresh = useCallback(() => void client.invalidateQueries({ queryKey: EXECUTIVE, refetchType: document.hidden ? 'none' : 'active' }), [client])
  useLive(EXECUTIVE_TOPICS, refresh)
  usePageActions(
    useMemo(
      () => [
        ...RANGES.map((name) => ({ id: name, label: t('exec.rangeAction', { range: t(`range.${name}`) }), run: () => onChange({ range: name }) })),
        { id: 'refresh', label: t('refresh'), run: refresh },
        { id: 'print', label: t('exec.print'), run: () => print() },
      ],
      [onChange, refresh],
    ),
  )

  const { data, error } = found
  if (data && !data.has_accounts) {
    return (
      <Suspense>
        <FirstRun me={me} />
      </Suspense>
    )
  }
  const covered: Covered = { criteria, range, search, onChange, onPeek }
  return (
    <div aria-busy={found.isPlaceholderData}>
      <div className="mb-3 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
        <PageTitle title={t('nav.executive')} owner={me.tenant?.name} />
        <bdi className="print-only hidden font-semibold">{me.tenant?.name}</bdi>
        {data && <Head data={data} search={search} isFetching={found.isFetching} onChange={onChange} onRefresh={refresh} />}
      </div>
      <FilterBar search={search} onChange={onChange} views={views} people={people.data ?? []} stages={stages.data ?? []} />
      {late && <Loading />}
      {error && !data && (
        <div className="panel pt-4">
          <ErrorState error={error} onRetry={() => void found.refetch()} what={t('exec.failed')} />
        </div>
      )}
      {error && data && (
        <div className="mb-4">
          <StaleBanner error={error} onRetry={() => void found.refetch()} />
        </div>
      )}
      {data && (
        <Upper data={data} covered={covered}>
          <Suspense fallback={<div className="h-100" />}>
            <Lower data={data} covered={covered} stages={stages.data ?? []} />
          </Suspense>
        </Upper>
      )}
    </div>
  )
}
