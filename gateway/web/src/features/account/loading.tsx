// The page of an account before it is known, in the sizes of its parts.
import { Skeleton } from '@/components/ui/skeleton'
import { t } from '@/lib/i18n'

export function Loading() {
  return (
    <div aria-busy className="grid gap-4">
      <p role="status" className="sr-only">
        {t('loading')}
      </p>
      <Skeleton className="h-8! w-72 max-w-full" />
      <Skeleton className="h-14! w-full" />
      <div className="grid gap-4 min-[1100px]:grid-cols-[minmax(0,1fr)_336px]">
        <Skeleton className="h-83" />
        <Skeleton className="h-83" />
      </div>
    </div>
  )
}
