// The cards at hand by id, wherever they stand, and those of them that are selected.
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Column } from './api'
import type { Place } from './use-moves'

const NOTHING: ReadonlySet<string> = new Set()

export function useSelection(columns: Column[] | undefined, isInLanes: boolean) {
  const [lanes, setLanes] = useState<Record<string, Column[]>>({})
  const [ids, setIds] = useState(NOTHING)
  const onLaneCards = useCallback((lane: string, of: Column[]) => setLanes((now) => ({ ...now, [lane]: of })), [])
  const known = useMemo(() => {
    const found = new Map<string, Place>()
    const add = (of: Column[], lane?: string) => of.forEach((stage) => stage.cards.forEach((card) => found.set(card.id, { card, stage, lane })))
    add(columns ?? [])
    if (isInLanes) Object.entries(lanes).forEach(([lane, of]) => add(of, lane))
    return found
  }, [columns, lanes, isInLanes])
  const find = useCallback((id: string) => known.get(id), [known])
  const placesOf = useCallback((of: Iterable<string>) => [...of].flatMap((id) => known.get(id) ?? []), [known])
  const together = useCallback((id: string) => placesOf(ids.has(id) ? ids : [id]), [placesOf, ids])
  const toggle = useCallback((id: string) => setIds((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id])), [])
  const clear = useCallback(() => setIds(NOTHING), [])
  useEffect(() => {
    if (ids.size === 0) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('[role="dialog"], [role="menu"]')) clear()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [ids, clear])
  const selection = useMemo(() => ({ ids, places: placesOf(ids), toggle, clear }), [ids, placesOf, toggle, clear])
  return { selection, find, together, onLaneCards }
}
