// The accounts of the list that is open, in its order: what j and k walk through while one is looked at, and Alt with the
// arrows on the page of one.
import { useEffect } from 'react'
import { createStore } from './store'

export const peekOrder = createStore<readonly string[]>([])

/** Of the list that was open last: an account's page walks it. */
export const walkOrder = createStore<readonly string[]>([])

export function usePeekOrder(ids: readonly string[]) {
  const key = ids.join()
  useEffect(() => {
    const order = key ? key.split(',') : []
    peekOrder.set(order)
    if (order.length > 0) walkOrder.set(order)
    return () => peekOrder.set([])
  }, [key])
}
