// The two regions in which screen readers hear of changes; lib/announce.ts fills them.
import { useSyncExternalStore } from 'react'
import { current, subscribe } from '@/lib/announce'

export function LiveRegions() {
  const { polite, assertive } = useSyncExternalStore(subscribe, current)
  return (
    <div className="sr-only">
      <p aria-live="polite" aria-atomic>{polite}</p>
      <p aria-live="assertive" aria-atomic>{assertive}</p>
    </div>
  )
}
