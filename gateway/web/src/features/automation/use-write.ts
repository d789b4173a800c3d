// A change of automation: sent once, everything of automation read again, a refusal said in a message that stays.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError } from '@/lib/api'
import { fail } from '@/lib/toasts'
import { AUTOMATION } from './api'

/** What the server says, and what can be done about it. */
export const sentence = (error: unknown) => (error instanceof ApiError ? [error.message, error.hint].filter(Boolean).join('. ').replace('..', '.') : error instanceof Error ? error.message : String(error))

export function useWrite<V, R>(send: (given: V) => Promise<R>, onDone?: (result: R, given: V) => void, quiet = false) {
  const client = useQueryClient()
  return useMutation<R, Error, V>({
    mutationFn: send,
    onError: (error) => {
      if (!quiet) fail(sentence(error))
    },
    onSuccess: (result, given) => onDone?.(result, given),
    onSettled: () => client.invalidateQueries({ queryKey: AUTOMATION }),
  })
}
