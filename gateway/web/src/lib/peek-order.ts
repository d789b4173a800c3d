// The accounts of the list that is open, in its order: what j and k walk through while one is looked at.
import { useEffect } from 'react'
import { createStore } from './store'

export const peekOrder = createStore<readonly string[]>([])

export function usePeekOrder(ids: readonly string[]) {
  const key = ids.join()
  useEffect(() => {
    peekOrder.set(key ? key.split(',') : [])
    return () => peekOrder.set([])
  }, [key])
}
