// Every part in every state, on one hidden page: what later pages are put together from, and what the tests photograph.
import { lazy, Suspense } from 'react'
import { PageTitle } from '@/components/page-title'
import { t } from '@/lib/i18n'
import { ControlParts } from './control-parts'
import { DraftParts } from './draft-parts'
import { EditParts } from './edit-parts'
import { LayerParts } from './layer-parts'
import { RowParts } from './row-parts'
import { StateParts } from './state-parts'

const ChartParts = lazy(() => import('./chart-parts').then((m) => ({ default: m.ChartParts })))
const BoardParts = lazy(() => import('./board-parts').then((m) => ({ default: m.BoardParts })))
const CriteriaParts = lazy(() => import('./criteria-parts').then((m) => ({ default: m.CriteriaParts })))

export function PartsPage() {
  return (
    <>
      <PageTitle title={t('parts.title')} className="mb-3" />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 min-[1100px]:grid-cols-2">
        <ControlParts />
        <RowParts />
        <StateParts />
        <EditParts />
        <DraftParts />
        <LayerParts />
        <Suspense>
          <ChartParts />
          <CriteriaParts />
          <BoardParts />
        </Suspense>
      </div>
    </>
  )
}
