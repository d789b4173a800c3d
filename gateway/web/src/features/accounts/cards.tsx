// The list on screens too narrow for the table: rows of two columns, equally high, so that only those on screen are drawn.
import { useRef } from 'react'
import { Delta, Health } from '@/components/health'
import { useRowsInView } from '@/components/data-table/use-rows-in-view'
import { t } from '@/lib/i18n'
import type { Account } from './api'
import { ArrCell, RenewalCell, StageCell, TextCell, type CellContext } from './cells'
import { LoadMore } from './load-more'
import { NameLink, SelectBox, type RowActions } from './row'
import type { ListProps } from './table'

const HEIGHT = 92

export function AccountCards({ rows, found, context, selection, open, actions, onMore }: ListProps) {
  const list = useRef<HTMLUListElement>(null)
  const { from, to } = useRowsInView(found, HEIGHT, list)
  const shown = rows.slice(from, Math.min(to, rows.length))
  return (
    <>
      <ul ref={list} aria-label={t('accounts.title')} className="acct-cards" style={{ paddingTop: from * HEIGHT, paddingBottom: Math.max(0, found - from - shown.length) * HEIGHT }}>
        {shown.map((row, i) => (
          <AccountCard key={row.id} row={row} index={from + i} found={found} context={context} selected={selection?.has(row.id)} open={row.id === open} actions={actions} />
        ))}
      </ul>
      <LoadMore wanted={to} loaded={rows.length} found={found} onMore={onMore} />
    </>
  )
}

type CardProps = { row: Account; index: number; found: number; context: CellContext; selected?: boolean; open: boolean; actions: RowActions }

function AccountCard({ row, index, found, context, selected, open, actions }: CardProps) {
  return (
    <li aria-posinset={index + 1} aria-setsize={found} data-row={index} data-open={open || undefined} data-selected={selected || undefined} style={{ height: HEIGHT }}>
      {actions.select && selected !== undefined && (
        <span className="pt-0.5">
          <SelectBox row={row} selected={selected} onSelect={actions.select} />
        </span>
      )}
      <div className="min-w-0 flex-1">
        <h2>
          <NameLink row={row} onPeek={actions.peek} />
        </h2>
        <p className="small flex items-center gap-2 overflow-hidden">
          <Health score={row.overall_score} level={row.risk_level} confidence={row.confidence} />
          <Delta change={row.score_change_30d} />
        </p>
        <p className="small quiet overflow-hidden">
          <StageCell row={row} context={context} />
        </p>
      </div>
      <div className="max-w-32 shrink-0 text-end">
        <p className="num font-semibold">
          <ArrCell row={row} context={context} />
        </p>
        <p className="small">
          <RenewalCell row={row} context={context} />
        </p>
        <p className="small quiet">
          <TextCell text={row.csm_name} />
        </p>
      </div>
    </li>
  )
}
