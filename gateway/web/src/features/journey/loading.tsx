// The board while it is loading: columns of cards in their size.
import { Skeleton } from '@/components/ui/skeleton'
import { t } from '@/lib/i18n'

export function Loading() {
  return (
    <div className="board" aria-busy role="status" aria-label={t('board.loading')}>
      <div className="kb">
        {Array.from({ length: 5 }, (_, at) => (
          <div key={at} className="kcol grid content-start gap-1">
            <Skeleton className="m-2 h-10! w-40" />
            {Array.from({ length: 4 - (at % 2) }, (_one, row) => (
              <Skeleton key={row} className="h-24! w-full rounded-card!" />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
