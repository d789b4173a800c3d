// A change on the page of an account: sent once, everything of the account read again, a refusal said in a message that stays.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { message } from '@/components/states'
import { fail } from '@/lib/toasts'
import { ACCOUNT } from './api'
import { useShown } from './shown'

type Options<V, R> = {
  send: (given: V) => Promise<R>
  /** shown at once; returns how to take it back */
  show?: (given: V) => (() => void) | undefined
  onDone?: (result: R, given: V) => void
  /** a dialog says it itself */
  quiet?: boolean
}

export function useWrite<V, R>({ send, show, onDone, quiet }: Options<V, R>) {
  const { id } = useShown()
  const client = useQueryClient()
  return useMutation<R, Error, V, (() => void) | undefined>({
    mutationFn: send,
    onMutate: (given) => show?.(given),
    onError: (error, _given, back) => {
      back?.()
      if (!quiet) fail(message(error))
    },
    onSuccess: (result, given) => onDone?.(result, given),
    onSettled: () => client.invalidateQueries({ queryKey: [...ACCOUNT, id] }),
  })
}
