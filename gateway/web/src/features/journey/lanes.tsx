// The board cut across: a lane for each CSM or level, the same columns in each; the heads stay on top.
import { useEffect, useMemo, useState, type CSSProperties, type ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useDragOver } from '@/components/board/drag-state'
import { useColumn } from '@/components/board/use-column'
import { LevelShape } from '@/components/health'
import { Money } from '@/components/money'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { facetsQuery } from '@/components/criteria-builder/names-api'
import { cn } from '@/lib/cn'
import { allOf, where, type Criteria } from '@/lib/criteria'
import { t } from '@/lib/i18n'
import { BANDS, type Band } from '@/lib/levels'
import { BOARD, type Column } from './api'
import { CardList, type CardsShown } from './column'
import type { Move } from './moves'
import type { LaneKind, Sort } from './search'
import { shownColumns, useHeld, useServerBoard } from './use-board'

export type LaneInfo = { key: string; label: string; band?: Band; accounts: number; arr: number; criteria: Criteria }
const MOST_LANES = 12
const FIELD = { csm: 'csm', level: 'health_band' } as const

/** The lanes there are, the largest first; levels in their own order. */
export function useLanes(kind: LaneKind | undefined, criteria: Criteria | undefined): LaneInfo[] | undefined {
  const field = FIELD[kind ?? 'csm']
  const { data } = useQuery({ ...facetsQuery(field, criteria), queryKey: [...BOARD, 'lanes', field, criteria], enabled: kind !== undefined })
  if (!kind || !data) return undefined
  const lanes = data.map(({ value, label, accounts, arr }): LaneInfo => {
    const band = kind === 'level' ? (value as Band | null) ?? undefined : undefined
    const name = band ? t(`health.${band}`) : (label ?? value ?? t('board.noCsm'))
    return { key: value ?? '', label: name, band, accounts, arr, criteria: value === null ? where(field, 'is_not_set') : where(field, 'eq', value) }
  })
  return kind === 'level' ? lanes.toSorted((a, b) => BANDS.indexOf(a.band!) - BANDS.indexOf(b.band!)) : lanes.toSorted((a, b) => b.accounts - a.accounts)
}

type Shared = {
  criteria: Criteria | undefined
  sort: Sort
  side: boolean
  folded: ReadonlySet<string>
  moves: ReadonlyMap<string, Move>
  isHeld: boolean
  currency: string
  shown: CardsShown
  onCards: (lane: string, columns: Column[]) => void
}
type Props = Shared & { lanes: LaneInfo[]; columns: Column[]; head: (column: Column) => ReactNode }

export function Lanes({ lanes, columns, head, ...shared }: Props) {
  const [all, setAll] = useState(false)
  const drawn = all ? lanes : lanes.slice(0, MOST_LANES)
  const grid = { gridTemplateColumns: columns.map(({ stage_id }) => (shared.folded.has(stage_id) ? '44px' : 'var(--kcol)')).join(' ') }
  return (
    <div className="grid w-max gap-2">
      <div className="kb-heads grid gap-3" style={grid}>
        {columns.map((column) => (
          <LaneHead key={column.stage_id} column={column} mayMove={shared.shown.mayMove}>
            {head(column)}
          </LaneHead>
        ))}
      </div>
      {drawn.map((lane) => (
        <Lane key={lane.key} lane={lane} grid={grid} {...shared} />
      ))}
      {lanes.length > drawn.length && (
        <Button look="ghost" className="sticky start-0 justify-self-start" onClick={() => setAll(true)}>
          {t('board.moreLanes', { n: lanes.length - drawn.length })}
        </Button>
      )}
    </div>
  )
}

function LaneHead({ column, mayMove, children }: { column: Column; mayMove: boolean; children: ReactNode }) {
  const place = useColumn(column.stage_id, !mayMove)
  const isTarget = useDragOver(column.stage_id) !== undefined
  return (
    <div ref={place} id={`stage-${column.stage_id}`} className={cn('kcol min-h-0!', isTarget && 'kcol-drop')}>
      {children}
    </div>
  )
}

function Lane({ lane, grid, criteria, sort, side, folded, moves, isHeld, currency, shown, onCards }: Shared & { lane: LaneInfo; grid: CSSProperties }) {
  const server = useServerBoard({ criteria: allOf(criteria, lane.criteria), sort, enabled: true })
  const fresh = useMemo(() => {
    const own = new Map([...moves].filter(([, move]) => move.lane === lane.key))
    return server.columns && shownColumns(server.columns, own, sort, server.readAt, side)
  }, [server.columns, server.readAt, moves, lane.key, sort, side])
  const columns = useHeld(fresh, isHeld)
  useEffect(() => {
    if (server.columns) onCards(lane.key, server.columns)
  }, [server.columns, lane.key, onCards])
  return (
    <section aria-label={lane.label}>
      <h3 className="sticky start-0 flex w-fit items-center gap-2 py-1.5">
        {lane.band && <LevelShape band={lane.band} />}
        <bdi className="font-semibold">{lane.label}</bdi>
        <span className="quiet small num">{t('accounts.count', { n: lane.accounts })}</span>
        <span className="quiet small num">
          <Money amount={lane.arr} currency={currency} />
        </span>
      </h3>
      <div className="grid gap-3" style={grid} data-row-of-lists>
        {columns ? columns.map((column) => (
          <div key={column.stage_id} className={cn('kcol', (column.is_side || column.is_end) && 'kcol-side')}>{!folded.has(column.stage_id) && <CardList column={column} shown={shown} onMore={server.more} />}</div>
        )) : <Skeleton className="h-24! w-full" />}
      </div>
    </section>
  )
}
