// A column's header that sorts: one button, aria-sort on the column in use.
import type { ReactNode } from 'react'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { cn } from '@/lib/cn'

type Props = { children: ReactNode; direction?: 'asc' | 'desc'; end?: boolean; className?: string; onSort: () => void }

export function SortHeader({ children, direction, end, className, onSort }: Props) {
  const Icon = direction === 'asc' ? ArrowUp : direction === 'desc' ? ArrowDown : ChevronsUpDown
  const sorted = direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : undefined
  return (
    <th scope="col" aria-sort={sorted} className={cn('p-0', className)}>
      <button
        type="button"
        onClick={onSort}
        className={cn(
          'group flex h-8 w-full items-center gap-1 px-2 hover:text-foreground focus-visible:-outline-offset-2',
          end && 'flex-row-reverse',
          direction ? 'text-foreground' : 'text-muted-foreground',
        )}
      >
        {children}
        <Icon aria-hidden className={cn('size-3.5 shrink-0', !direction && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100')} />
      </button>
    </th>
  )
}
