// What can be done on the page that is open, for the command palette.
import { useEffect } from 'react'
import { createStore } from './store'

export type PageAction = { id: string; label: string; keys?: string; run: () => void }

export const pageActions = createStore<PageAction[]>([])

/** `own` must keep its identity while nothing changes. */
export function usePageActions(own: PageAction[]) {
  useEffect(() => {
    pageActions.set(own)
    return () => pageActions.set([])
  }, [own])
}
