// A grey placeholder the size of what will replace it.
import { cn } from '@/lib/cn'

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-pulse rounded bg-muted', className)} />
}
