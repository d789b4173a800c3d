// The page's shape until the first answer arrives: same sizes, so that nothing moves then.
import { Skeleton } from '@/components/ui/skeleton'
import { t } from '@/lib/i18n'

export function Loading({ narrow }: { narrow: boolean }) {
  return (
    <div role="status" className="space-y-4">
      <span className="sr-only">{t('accounts.loading')}</span>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 xl:grid-cols-[minmax(0,1fr)_auto]">
        <div className="grid! h-[207px] grid-cols-2 panel md:h-[118px] md:grid-cols-4">
          {Array.from({ length: 4 }, (_, i) => (
            <div key={i} className="flex flex-col justify-center gap-2 px-5">
              <Skeleton className="h-3 w-20" />
              <Skeleton className="h-6 w-16" />
              <Skeleton className="h-3 w-28" />
            </div>
          ))}
        </div>
        <div className="panel h-[118px] flex-row! items-center gap-4 px-4 xl:w-80">
          <Skeleton className="size-24 shrink-0 rounded-full" />
          <Skeleton className="h-20 flex-1" />
        </div>
      </div>
      <Skeleton className="h-9 w-80 max-w-full" />
      <div className="panel">
        {Array.from({ length: 12 }, (_, i) => (
          <div key={i} className={narrow ? 'h-66 border-b p-4' : 'flex h-13 items-center gap-6 border-b px-3'}>
            <Skeleton className="h-3.5 w-1/4" />
            <Skeleton className={narrow ? 'mt-4 h-3.5 w-2/3' : 'h-3.5 w-1/5'} />
            <Skeleton className={narrow ? 'mt-4 h-3.5 w-1/2' : 'h-3.5 flex-1'} />
          </div>
        ))}
      </div>
    </div>
  )
}
