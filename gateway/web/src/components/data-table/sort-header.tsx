// A column's header that sorts: one button; with Shift it adds a second key. aria-sort stands on the first one, others say their place.
import type { ReactNode } from 'react'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'

type Props = {
  children: ReactNode
  direction?: 'asc' | 'desc'
  /** its place among the keys in use, from 1 */
  place?: number
  end?: boolean
  className?: string
  onSort: (add: boolean) => void
}

export function SortHeader({ children, direction, place = 1, end, className, onSort }: Props) {
  const Icon = direction === 'asc' ? ArrowUp : direction === 'desc' ? ArrowDown : ChevronsUpDown
  const sorted = direction && (direction === 'asc' ? 'ascending' : 'descending')
  return (
    <th scope="col" aria-sort={place === 1 ? sorted : undefined} className={cn('p-0!', className)}>
      <button
        type="button"
        onClick={(event) => onSort(event.shiftKey)}
        title={t('table.sortHint')}
        className={cn('group flex h-8 w-full items-center gap-1 px-2 hover:text-foreground focus-visible:-outline-offset-2', end && 'flex-row-reverse', direction ? 'text-foreground' : 'text-muted-foreground')}
      >
        <span className="truncate">{children}</span>
        <Icon aria-hidden className={cn('size-3.5 shrink-0', !direction && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100')} />
        {direction && place > 1 && (
          <>
            <span aria-hidden className="num">{place}</span>
            <span className="sr-only">, {t('table.sortPlace', { place, direction: t(`accounts.${direction}`) })}</span>
          </>
        )}
      </button>
    </th>
  )
}
