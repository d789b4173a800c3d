// Which accounts are selected: single ones, a range with Shift, all loaded rows, or all that match.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Account } from '../api'

const NOTHING = new Set<string>()

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
  const [ids, setIds] = useState<ReadonlySet<string>>(NOTHING)
  const [whole, setWhole] = useState(false)
  const last = useRef<string>(undefined)
  const order = useRef(rows)
  useEffect(() => {
    order.current = rows
  }, [rows])
  useEffect(() => {
    setIds(NOTHING)
    setWhole(false)
  }, [key])
  const toggle = useCallback((id: string, range: boolean) => {
    const from = range ? order.current.findIndex((row) => row.id === last.current) : -1
    const to = order.current.findIndex((row) => row.id === id)
    const between = from < 0 ? [id] : order.current.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id)
    last.current = id
    setWhole(false)
    setIds((now) => {
      const next = new Set(now)
      if (now.has(id)) between.forEach((one) => next.delete(one))
      else between.forEach((one) => next.add(one))
      return next
    })
  }, [])
  const selection = useMemo(
    (): Selection => ({
      whole,
      size: ids.size,
      ids,
      has: (id) => whole || ids.has(id),
      setAll: (next) => {
        setWhole(false)
        setIds(new Set(next))
      },
      takeWhole: () => setWhole(true),
      clear: () => {
        setIds(NOTHING)
        setWhole(false)
      },
    }),
    [ids, whole],
  )
  return { selection, toggle }
}
