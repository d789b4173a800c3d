// A change that is collected before it is saved: what it began from, what it is now, and what differs. While nothing is changed
// it follows the server.
import { useCallback, useMemo, useState } from 'react'
import { differences, merge, type Difference } from './merge'

export type Draft<T> = {
  base: T
  value: T
  changes: Difference[]
  set: (next: (now: T) => T) => void
  discard: () => void
  /** Puts the changes on top of what the server has now. */
  rebase: (server: T) => void
  /** Forgets the changes for what the server has now. */
  adopt: (server: T) => void
}

export function useDraft<T>(server: T): Draft<T> {
  const [state, setState] = useState({ seen: server, base: server, value: server })
  const changes = useMemo(() => differences(state.base, state.value), [state])
  if (server !== state.seen) setState(changes.length > 0 ? { ...state, seen: server } : { seen: server, base: server, value: server })
  const set = useCallback((next: (now: T) => T) => setState((now) => ({ ...now, value: next(now.value) })), [])
  const discard = useCallback(() => setState((now) => ({ seen: now.seen, base: now.seen, value: now.seen })), [])
  const rebase = useCallback((fresh: T) => setState((now) => ({ ...now, base: fresh, value: merge(now.base, fresh, now.value) })), [])
  const adopt = useCallback((fresh: T) => setState((now) => ({ ...now, base: fresh, value: fresh })), [])
  return { base: state.base, value: state.value, changes, set, discard, rebase, adopt }
}
