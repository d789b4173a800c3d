// A grey place-holder of the size of what will come.
import { cn } from '@/lib/cn'

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-pulse rounded bg-muted', className)} />
}
