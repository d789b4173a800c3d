// What the filter names that is gone or no longer in use, above the list, and the way to change it.
import { lazy, Suspense, useState } from 'react'
import type { BuilderContext } from '@/components/criteria-builder/context'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import type { Criteria } from '@/lib/criteria'
import { t } from '@/lib/i18n'

const FilterDialog = lazy(() => import('@/components/account-filter/filter-dialog').then((m) => ({ default: m.FilterDialog })))

type Props = { problem: string; criteria: Criteria | undefined; builder: BuilderContext; onChange: (criteria: Criteria | undefined) => void }

export function FilterProblem({ problem, criteria, builder, onChange }: Props) {
  const [editing, setEditing] = useState(false)
  const apply = (next: Criteria | undefined) => {
    setEditing(false)
    onChange(next)
  }
  return (
    <>
      <Note tone="warn" role="status">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <p className="min-w-0 flex-1 basis-64 wrap-anywhere">
            {t('gone.filter')} <bdi>{problem}</bdi>
          </p>
          <Button look="outline" size="xs" onClick={() => setEditing(true)}>
            {t('gone.editFilter')}
          </Button>
        </div>
      </Note>
      <Suspense>{editing && <FilterDialog criteria={criteria} builder={builder} onClose={() => setEditing(false)} onApply={apply} />}</Suspense>
    </>
  )
}
