// The page's shape until the first answer arrives: same sizes, so that nothing moves then.
import { Skeleton } from '@/components/ui/skeleton'
import { t } from '@/lib/i18n'

export function Loading() {
  return (
    <div role="status">
      <span className="sr-only">{t('loading')}</span>
      <div className="mb-4 min-h-12 max-md:min-h-16.5">
        <Skeleton className="h-6! w-full max-w-130" />
      </div>
      <div className="panel mb-4 grid! grid-cols-[minmax(0,1fr)] overflow-hidden min-[1100px]:grid-cols-[312px_minmax(0,1fr)]">
        <div className="grid content-start gap-3 p-4 min-[1100px]:border-e">
          <Skeleton className="w-28" />
          <Skeleton className="h-9! w-36" />
          <Skeleton className="w-full" />
          <Skeleton className="h-14! w-full" />
        </div>
        <div className="tiles grid grid-cols-2 md:grid-cols-3">
          {Array.from({ length: 6 }, (_, i) => (
            // six of the same
            // eslint-disable-next-line react/no-array-index-key
            <div key={i} className="tile grid h-24.5 content-center gap-2.5 px-4">
              <Skeleton className="w-20" />
              <Skeleton className="h-6! w-24" />
              <Skeleton className="w-28" />
            </div>
          ))}
        </div>
      </div>
      <div className="grid gap-4 min-[1100px]:grid-cols-[minmax(0,1fr)_312px]">
        <div className="panel h-135" />
        <div className="panel h-135" />
      </div>
    </div>
  )
}
