// Logs something: it stands in the timeline at once, and leaves it again, with its words back in the field, where it is refused.
import { useCallback } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { message } from '@/components/states'
import { announce } from '@/lib/announce'
import { t } from '@/lib/i18n'
import { createStore } from '@/lib/store'
import { fail } from '@/lib/toasts'
import { ACCOUNT, type AccountEvent } from '../api'
import { useShown } from '../shown'
import { logActivity, type NewActivity } from '../write-api'

/** An entry on its way, kept apart from what the server has: whatever is read again meanwhile, it stays. */
export type OnItsWay = { account: string; entry: AccountEvent }
export const onItsWay = createStore<readonly OnItsWay[]>([])

/** What of this account is on its way and not yet among these events. */
export const missingFrom = (events: AccountEvent[], all: readonly OnItsWay[], account: string) =>
  all.filter((one) => one.account === account && !events.some(({ source_id }) => source_id !== null && source_id === one.entry.source_id)).map(({ entry }) => entry)

let last = 0

export function useLog() {
  const { id, reader } = useShown()
  const client = useQueryClient()
  return useCallback(
    async (given: NewActivity): Promise<boolean> => {
      const key = `new-${++last}`
      const entry: AccountEvent = {
        at: given.kind === 'task' ? new Date().toISOString() : (given.at ?? new Date().toISOString()),
        kind: given.kind, title: t(`kind.${given.kind as 'call'}`), body: given.body, actor_id: reader.id, actor_name: reader.name, source_id: null, details: given.kind === 'task' ? { due_at: given.at } : {}, event_key: key,
      }
      const others = () => onItsWay.get().filter((one) => one.entry.event_key !== key)
      onItsWay.set([{ account: id, entry }, ...others()])
      try {
        const { id: source_id } = await logActivity(id, given)
        onItsWay.set([{ account: id, entry: { ...entry, source_id } }, ...others()])
        announce(t('tl.logged'))
        await client.invalidateQueries({ queryKey: [...ACCOUNT, id] })
        return true
      } catch (error) {
        fail(t('tl.notLogged', { message: message(error) }))
        return false
      } finally {
        onItsWay.set(others())
      }
    },
    [client, id, reader],
  )
}
