// The list as a table, from 768 px on: only the rows on screen are drawn, however many there are.
import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { SortHeader } from '@/components/data-table/sort-header'
import { useRowsInView } from '@/components/data-table/use-rows-in-view'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import { preferences } from '@/lib/preferences'
import type { Account } from './api'
import type { CellContext } from './cells'
import { LoadMore } from './load-more'
import { AccountRow, type RowActions } from './row'
import { readSort } from './search'
import type { Column } from './columns'
import type { Selection } from './bulk/use-selection'
import { SelectLoaded } from './select-loaded'

export type ListProps = {
  rows: Account[]
  found: number
  columns: Column[]
  sort: string | undefined
  context: CellContext
  /** undefined where nothing can be done with a selection */
  selection?: Selection
  open: string | undefined
  actions: RowActions
  onSort: (column: Column['key'], add: boolean) => void
  onMore: () => void
}

export function AccountTable({ rows, found, columns, sort, context, selection, open, actions, onSort, onMore }: ListProps) {
  const { density } = preferences.use()
  const region = useRef<HTMLElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const height = density === 'compact' ? 36 : 44
  const { from, to } = useRowsInView(found, height, body)
  const least = columns.reduce((sum, { width }) => sum + width, selection ? 44 : 16)
  const fits = useFits(region, least)
  const keys = readSort(sort)
  const shown = rows.slice(from, Math.min(to, rows.length))
  return (
    // where it is wider than the window the table scrolls, not the page, and its head stays in sight in both cases
    <section ref={region} aria-label={t('accounts.table')} tabIndex={fits ? undefined : 0} className={cn('panel acct', fits ? 'overflow-clip' : 'acct-scroll')}>
      <table className="tbl" aria-rowcount={found + 1} style={{ minWidth: least }}>
        <caption className="sr-only">{t('accounts.title')}</caption>
        <colgroup>
          {selection && <col style={{ width: 44 }} />}
          {columns.map(({ key, width }, i) => (
            <col key={key} style={i === 0 ? undefined : { width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {selection && <SelectLoaded rows={rows} selection={selection} />}
            {columns.map((column) => {
              const place = keys.findIndex(({ key }) => key === column.key)
              return column.sorts ? (
                <SortHeader key={column.key} direction={keys[place]?.direction} place={place + 1} end={column.align === 'end'} onSort={(add) => onSort(column.key, add)}>
                  {column.header}
                </SortHeader>
              ) : (
                <th key={column.key} scope="col" className={column.align}>
                  <span className="cut">{column.header}</span>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody ref={body}>
          {from > 0 && <Gap rows={Math.min(from, found)} height={height} columns={columns.length + Number(Boolean(selection))} />}
          {shown.map((row, i) => (
            <AccountRow key={row.id} row={row} index={from + i} columns={columns} context={context} selected={selection?.has(row.id)} open={row.id === open} actions={actions} />
          ))}
          {found > from + shown.length && <Gap rows={found - from - shown.length} height={height} columns={columns.length + Number(Boolean(selection))} />}
        </tbody>
      </table>
      <LoadMore wanted={to} loaded={rows.length} found={found} onMore={onMore} />
    </section>
  )
}

const Gap = ({ rows, height, columns }: { rows: number; height: number; columns: number }) => (
  <tr aria-hidden className="gap-row">
    <td colSpan={columns} style={{ height: rows * height }}>
      {' '}
    </td>
  </tr>
)

function useFits(region: RefObject<HTMLElement | null>, least: number) {
  const [width, setWidth] = useState(Infinity)
  useLayoutEffect(() => {
    const place = region.current
    if (!place || !('ResizeObserver' in window)) return
    const observer = new ResizeObserver(() => setWidth(place.clientWidth))
    observer.observe(place)
    return () => observer.disconnect()
  }, [region])
  return width >= least
}
