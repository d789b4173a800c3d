// The page of the board with the states it can be in: loading, failed, out of date, without stages, without a match, whole.
import { lazy, Suspense, useCallback, useEffect, useMemo } from 'react'
import { ErrorState, StaleBanner } from '@/components/states'
import { useDelayed } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { usePageActions } from '@/lib/page-actions'
import { BoardArea } from './board-area'
import { FilterBar } from './filter-bar'
import { Head, toVelocity } from './head'
import { useLanes } from './lanes'
import { Loading } from './loading'
import type { JourneySearch } from './search'
import { StageJump } from './stage-jump'
import { NoMatch, NoStages } from './states'
import { shownColumns, useHeld, useLiveBoard, useRefresh, useServerBoard } from './use-board'
import { useCriteria } from './use-criteria'
import { useFocus } from './use-focus'
import { useHints } from './use-hints'
import { useMoves } from './use-moves'
import { useOthers } from './use-others'
import { useSelection } from './use-selection'
import { VelocityPanel } from './velocity'

const MoveDialogs = lazy(() => import('./dialogs'))

export type Person = { user_id: string; permissions: string[]; tenant: { name: string } | null }
type Props = {
  me: Person
  search: JourneySearch
  peek: string | undefined
  currency: string
  timeZone: string
  onChange: (part: Partial<JourneySearch>, replace?: boolean) => void
  onPeek: (id: string) => void
}

const NO_FILTER = { q: undefined, mine: undefined, level: undefined, criteria: undefined }

export function JourneyView({ me, search, peek, currency, timeZone, onChange, onPeek }: Props) {
  const sort = search.sort ?? 'overdue'
  const { value: criteria, ready } = useCriteria(search, me.user_id)
  const key = useMemo(() => JSON.stringify([criteria, sort, search.lanes]), [criteria, sort, search.lanes])
  const server = useServerBoard({ criteria, sort, enabled: ready })
  const refresh = useRefresh()
  const focus = useFocus()
  const moves = useMoves({ refresh, onMoved: focus.keep })
  const lanes = useLanes(search.lanes, criteria)
  const all = server.columns
  const fresh = useMemo(() => all && shownColumns(all, moves.moves, sort, server.readAt, search.side !== false), [all, moves.moves, sort, server.readAt, search.side])
  const { selection, find, together, onLaneCards } = useSelection(fresh, search.lanes !== undefined)
  const hints = useHints({ columns: all ?? [], find, together })
  const isHeld = hints.drag !== undefined
  const columns = useHeld(fresh, isHeld)
  useLiveBoard(isHeld, moves.isRunning, refresh)
  const by = useOthers(server.isOutdated ? undefined : all, moves.moves, key)
  const { forget } = moves
  useEffect(() => forget(key), [key, forget])
  const isLate = useDelayed(!columns && !server.error, 150)
  const mayMove = me.permissions.includes('stage.move')
  const onText = useCallback((q: string) => onChange({ q: q || undefined }, true), [onChange])
  usePageActions(useMemo(() => [{ id: 'velocity', label: t('velocity.title'), run: toVelocity }, { id: 'refresh', label: t('refresh'), run: () => void refresh() }], [refresh]))
  const isFiltered = criteria !== undefined
  const isEmpty = columns?.every(({ count }) => count === 0)

  return (
    <div>
      <Head tenant={me.tenant?.name} columns={all} currency={currency} search={search} onChange={onChange} />
      <FilterBar search={search} currency={currency} onChange={onChange} onText={onText} />
      {isLate && <Loading />}
      {server.error && !columns && (
        <div className="panel pt-4">
          <ErrorState error={server.error} onRetry={() => void server.refetch()} what={t('board.failed')} />
        </div>
      )}
      {columns && all && (
        <>
          {server.error && <StaleBanner error={server.error} onRetry={() => void server.refetch()} />}
          {all.length === 0 && <NoStages mayEdit={me.permissions.includes('stage.edit')} />}
          {isEmpty && isFiltered && all.length > 0 && <NoMatch onClear={() => onChange(NO_FILTER)} />}
          {all.length > 0 && (
            <>
              <StageJump columns={columns} folded={search.folded} />
              <BoardArea
                columns={columns} all={all} lanes={lanes} criteria={criteria} sort={sort} search={search} currency={currency} mayMove={mayMove} peek={peek} by={by}
                moves={moves} focus={focus} hints={hints} selection={selection} find={find} together={together} onLaneCards={onLaneCards} onMore={server.more} onChange={onChange} onPeek={onPeek}
              />
              <VelocityPanel criteria={criteria} period={search.period ?? '12m'} columns={all} onPeriod={(period) => onChange({ period: period === '12m' ? undefined : period })} />
            </>
          )}
        </>
      )}
      <Suspense>{moves.asked && all && <MoveDialogs asked={moves.asked} columns={all} timeZone={timeZone} onClose={moves.close} onMove={(places, to, note) => { selection.clear(); void moves.run(places, to, note) }} />}</Suspense>
    </div>
  )
}
