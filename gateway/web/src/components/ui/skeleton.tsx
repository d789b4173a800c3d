// A grey placeholder the size of what will replace it.
import { cn } from '@/lib/cn'

export const Skeleton = ({ className }: { className?: string }) => <span aria-hidden className={cn('bone', className)} />
