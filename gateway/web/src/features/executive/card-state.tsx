// A card whose answer is awaited or failed, in the size it will have.
import { ErrorState } from '@/components/states'
import { Skeleton } from '@/components/ui/skeleton'
import { useDelayed } from '@/lib/hooks'

type Query = { error: unknown; isPending: boolean; refetch: () => unknown }

export function CardState({ query, height }: { query: Query; height: number }) {
  const late = useDelayed(query.isPending, 150)
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return (
    <div className="pad" style={{ height }}>
      {late && <Skeleton className="h-full!" />}
    </div>
  )
}
