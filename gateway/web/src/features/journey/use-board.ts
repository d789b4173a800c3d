// The columns as they are shown: those of the server, more of a column where that was asked for, own moves over them; unchanged
// while a card is in the hand. Live changes come in without moving what is held, and say whose they are.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Criteria } from '@/lib/criteria'
import { useLive } from '@/lib/live'
import { BOARD, BOARD_TOPICS, boardQuery, cardsQuery, PAGE, type Column } from './api'
import { withMoves, type Move } from './moves'
import type { Sort } from './search'

type Given = { criteria: Criteria | undefined; sort: Sort; enabled: boolean }

export function useServerBoard({ criteria, sort, enabled }: Given) {
  const [wanted, setWanted] = useState<Record<string, number>>({})
  const board = useQuery({ ...boardQuery(criteria, sort), enabled })
  const longer = useQueries({ queries: Object.entries(wanted).map(([id, n]) => cardsQuery(id, criteria, sort, n)) })
  const more = useCallback((id: string, shown: number) => setWanted((now) => ({ ...now, [id]: shown + PAGE })), [])
  const stamp = longer.map(({ dataUpdatedAt }) => dataUpdatedAt).join()
  const columns = useMemo(() => {
    const ids = Object.keys(wanted)
    return board.data?.map((column): Column => {
      const found = longer[ids.indexOf(column.stage_id)]?.data
      return found && found.cards.length >= column.cards.length ? { ...column, ...found } : column
    })
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [board.data, stamp])
  const readAt = Math.min(board.dataUpdatedAt, ...longer.filter(({ data }) => data).map(({ dataUpdatedAt }) => dataUpdatedAt))
  return { columns, readAt, error: board.error, isFetching: board.isFetching, isOutdated: board.isPlaceholderData, refetch: board.refetch, more }
}

/** Asks for all of the board again. */
export function useRefresh() {
  const client = useQueryClient()
  return useCallback(() => client.invalidateQueries({ queryKey: BOARD }), [client])
}

/** Live changes wait while something is in the hand or on its way. */
export function useLiveBoard(isHeld: boolean, isRunning: () => boolean, refresh: () => Promise<void>) {
  const held = useRef(isHeld)
  const missed = useRef(false)
  const changed = useCallback(() => {
    if (held.current || isRunning()) missed.current = true
    else void refresh()
  }, [refresh, isRunning])
  useEffect(() => {
    held.current = isHeld
    if (isHeld || !missed.current) return
    missed.current = false
    void refresh()
  }, [isHeld, refresh])
  useLive(BOARD_TOPICS, changed)
}

/** The same value as before, as long as `isHeld`. It must keep its identity while nothing changes. */
export function useHeld<T>(value: T, isHeld: boolean): T {
  const [kept, setKept] = useState(value)
  if (!isHeld && kept !== value) setKept(value)
  return isHeld ? kept : value
}

export const shownColumns = (columns: Column[], moves: ReadonlyMap<string, Move>, sort: Sort, readAt: number, side: boolean) =>
  withMoves(columns, moves.values(), sort, readAt).filter((column) => side || !(column.is_side || column.is_end))
