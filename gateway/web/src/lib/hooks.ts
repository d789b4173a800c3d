// Small hooks without a domain: media queries, the network, delays, countdowns, a clock.
import { useEffect, useState, useSyncExternalStore } from 'react'

export function useMedia(query: string) {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}

export function useOnline() {
  return useSyncExternalStore(
    (changed) => {
      addEventListener('online', changed)
      addEventListener('offline', changed)
      return () => {
        removeEventListener('online', changed)
        removeEventListener('offline', changed)
      }
    },
    () => navigator.onLine,
  )
}

/** True once `on` has held for `ms`, so that a quick answer shows no skeleton. */
export function useDelayed(on: boolean, ms: number) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!on) return
    const timer = setTimeout(() => setLate(true), ms)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [on, ms])
  return on && late
}

/** Seconds left until `until` (a Date.now() value); 0 when over. */
export function useCountdown(until: number) {
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1000))
  const [seconds, setSeconds] = useState(left)
  useEffect(() => {
    setSeconds(left())
    const timer = setInterval(() => {
      setSeconds(left())
      if (left() === 0) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [until])
  return seconds
}

export function useNow(everyMs: number) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** The value, or while it is undefined the last one that was not. */
export function useLastDefined<T>(value: T | undefined) {
  const [last, setLast] = useState(value)
  if (value !== undefined && value !== last) setLast(value)
  return value ?? last
}

/** The value once it has not changed for `ms`; it is compared as JSON. */
export function useSettled<T>(value: T, ms: number) {
  const written = JSON.stringify(value)
  const [settled, setSettled] = useState({ written, value })
  useEffect(() => {
    const timer = setTimeout(() => setSettled((now) => (now.written === written ? now : { written, value })), ms)
    return () => clearTimeout(timer)
    // what counts of the value is how it is written
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [written, ms])
  return { value: settled.value, isSettled: settled.written === written }
}
