// Which accounts are selected: single ones, a range with Shift, all loaded rows, or all that match.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Account } from '../api'

const NOTHING: ReadonlySet<string> = new Set<string>()

export type Selection = {
  /** all that match are meant, loaded or not */
  whole: boolean
  /** how many of the loaded rows */
  size: number
  ids: ReadonlySet<string>
  has: (id: string) => boolean
  setAll: (ids: string[]) => void
  takeWhole: () => void
  clear: () => void
}

/** `key` names the list: another filter begins without a selection. */
export function useSelection(rows: Account[], key: string) {
  const [state, setState] = useState({ key, ids: NOTHING, whole: false })
  const { ids, whole } = state.key === key ? state : { ids: NOTHING, whole: false }
  const last = useRef<string>(undefined)
  const order = useRef(rows)
  useEffect(() => {
    order.current = rows
  }, [rows])
  const toggle = useCallback(
    (id: string, range: boolean) => {
      const from = range ? order.current.findIndex((row) => row.id === last.current) : -1
      const to = order.current.findIndex((row) => row.id === id)
      const between = from < 0 ? [id] : order.current.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id)
      last.current = id
      setState((now) => {
        const next = new Set(now.key === key ? now.ids : NOTHING)
        const on = !next.has(id)
        between.forEach((one) => (on ? next.add(one) : next.delete(one)))
        return { key, ids: next, whole: false }
      })
    },
    [key],
  )
  const selection = useMemo(
    (): Selection => ({
      whole,
      size: ids.size,
      ids,
      has: (id) => whole || ids.has(id),
      setAll: (next) => setState({ key, ids: new Set(next), whole: false }),
      takeWhole: () => setState((now) => ({ ...now, key, whole: true })),
      clear: () => setState({ key, ids: NOTHING, whole: false }),
    }),
    [ids, whole, key],
  )
  return { selection, toggle }
}
