// Owns the cache of server answers: when it asks again, and what a 401 means for everything on screen.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './api'

export function createQueryClient(onUnauthorized: () => void) {
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.unauthorized) onUnauthorized()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // offline has its own banner; a paused query would show a skeleton forever
        networkMode: 'always',
        staleTime: 5_000,
        retry: (count, error) => count < 1 && error instanceof ApiError && error.unreachable,
        retryDelay: 500,
      },
    },
  })
}
