// The page's shape until the first answer arrives: same sizes, so that nothing moves then.
import { Skeleton } from '@/components/ui/skeleton'
import { t } from '@/lib/i18n'

export function Loading({ narrow }: { narrow: boolean }) {
  return (
    <div role="status" className="grid gap-3">
      <span className="sr-only">{t('accounts.loading')}</span>
      <div className="flex h-9 items-center gap-5 border-b">
        {Array.from({ length: 4 }, (_, i) => (
          <Skeleton key={i} className="w-20" />
        ))}
      </div>
      <div className="flex h-6 items-center gap-7">
        {Array.from({ length: narrow ? 2 : 5 }, (_, i) => (
          <Skeleton key={i} className="w-28" />
        ))}
      </div>
      <Skeleton className="h-8 w-64 max-w-full" />
      <div className={narrow ? '' : 'panel'}>
        {Array.from({ length: 12 }, (_, i) => (
          <div key={i} className={narrow ? 'flex h-23 items-center gap-6 border-b border-hairline' : 'flex h-11 items-center gap-6 border-b border-hairline px-4'}>
            <Skeleton className="h-3.5 w-1/4" />
            <Skeleton className="h-3.5 w-1/5" />
            <Skeleton className="h-3.5 flex-1" />
          </div>
        ))}
      </div>
    </div>
  )
}
