// Owns the cache of server answers: how often it asks again, and what a 401 means for everything on screen.
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './api'

/** until live events exist, what is on screen is asked for again this often while the tab is visible */
export const REFRESH_MS = 30_000

export function createQueryClient(onUnauthorized: () => void) {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.unauthorized) onUnauthorized()
      },
    }),
    defaultOptions: {
      queries: {
        // offline has its own banner; a paused query would show a skeleton for ever
        networkMode: 'always',
        staleTime: 5_000,
        retry: (count, error) => count < 1 && error instanceof ApiError && error.away,
        retryDelay: 500,
      },
    },
  })
}
