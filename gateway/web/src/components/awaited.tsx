// A part of a page that loads and fails by itself: a skeleton in its size, an error with Try again, or what was answered.
import type { ReactNode } from 'react'
import { useDelayed } from '@/lib/hooks'
import { ErrorState } from './states'
import { Skeleton } from './ui/skeleton'

type Query<T> = { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown }
type Props<T> = { query: Query<T>; height: number; what?: string; children: (data: T) => ReactNode }

export function Awaited<T>({ query, height, what, children }: Props<T>) {
  const late = useDelayed(query.isPending, 150)
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} what={what} />
  return (
    <div className="px-4 pb-4" style={{ height }}>
      {late && <Skeleton className="h-full!" />}
    </div>
  )
}
