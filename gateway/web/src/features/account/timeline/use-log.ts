// Logs something: it stands in the timeline at once, and leaves it again, with its words back in the field, where it is refused.
import { useCallback } from 'react'
import { useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { message } from '@/components/states'
import { announce } from '@/lib/announce'
import { t } from '@/lib/i18n'
import { createStore } from '@/lib/store'
import { fail } from '@/lib/toasts'
import { ACCOUNT, accountQuery, type AccountEvent } from '../api'
import { useShown } from '../shown'
import { logActivity, type NewActivity } from '../write-api'
import { TIMELINE } from './timeline-api'

/** Entries that the server does not have yet. */
export const savingEntries = createStore<ReadonlySet<string>>(new Set())

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
      savingEntries.set(new Set([...savingEntries.get(), key]))
      const change = (edit: (events: AccountEvent[]) => AccountEvent[]) => {
        client.setQueryData(accountQuery(id).queryKey, (page) => page && { ...page, timeline: edit(page.timeline) })
        client.setQueriesData<InfiniteData<AccountEvent[]>>({ queryKey: [...ACCOUNT, id, TIMELINE] }, (data) => data && { ...data, pages: data.pages.map((events, i) => (i === 0 ? edit(events) : events)) })
      }
      change((events) => [entry, ...events])
      try {
        await logActivity(id, given)
        announce(t('tl.logged'))
        await client.invalidateQueries({ queryKey: [...ACCOUNT, id] })
        return true
      } catch (error) {
        fail(t('tl.notLogged', { message: message(error) }))
        return false
      } finally {
        change((events) => events.filter((one) => one.event_key !== key))
        const rest = new Set(savingEntries.get())
        rest.delete(key)
        savingEntries.set(rest)
      }
    },
    [client, id, reader],
  )
}
