// Where within its page one is, for the breadcrumb: what lies between the tenant and what is looked at.
import { useEffect } from 'react'
import { createStore } from './store'

export type Crumb = { id: string; name: string }

export const trail = createStore<readonly Crumb[]>([])

/** `crumbs` must keep its identity while nothing changes. */
export function useTrail(crumbs: readonly Crumb[]) {
  useEffect(() => {
    trail.set(crumbs)
    return () => trail.set([])
  }, [crumbs])
}
