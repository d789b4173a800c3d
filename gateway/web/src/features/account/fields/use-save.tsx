// Saves one field of an account. Where someone else changed the account meanwhile, but not this field, it is saved all the same;
// where it is this field, both values are shown and the person chooses.
import { useCallback, useState, type ReactNode } from 'react'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { ConflictDialog } from '@/components/conflict-dialog'
import { isSame, type ValueType } from '@/components/edit/draft'
import type { Option } from '@/components/edit/editor'
import { message } from '@/components/states'
import { ApiError } from '@/lib/api'
import { announce } from '@/lib/announce'
import { t } from '@/lib/i18n'
import { fail } from '@/lib/toasts'
import { ACCOUNT, accountQuery, type AccountPage } from '../api'
import { useShown } from '../shown'
import { updateAccount } from '../write-api'
import { isIn, patchOf, valueIn } from './field-list'
import { valueText } from './show-value'

export type Change = {
  field: string
  label: string
  value: unknown
  /** what it was, and which version the account had, when editing began */
  base: unknown
  version: number
  type?: ValueType
  options?: readonly Option[]
}

type Conflict = { change: Change; theirs: unknown; version: number; who: string; secondsAgo: number }
const differing = z.object({ current: z.looseObject({ version: z.number() }), changed_by: z.optional(z.nullable(z.string())), changed_at: z.optional(z.nullable(z.string())) })

export function useSave(): { save: (change: Change) => Promise<string | undefined>; conflict: ReactNode } {
  const { id, currency } = useShown()
  const client = useQueryClient()
  const [open, setOpen] = useState<Conflict>()

  const save = useCallback(
    async (change: Change) => {
      try {
        const conflict = await send(client, id, change)
        if (conflict) setOpen(conflict)
        return undefined
      } catch (error) {
        if (change.type === undefined) fail(t('edit.notSaved', { field: change.label, message: message(error) }))
        return message(error)
      }
    },
    [client, id],
  )

  const close = () => setOpen(undefined)
  const text = (value: unknown) => open && valueText({ type: open.change.type ?? 'text', value, options: open.change.options, currency })
  const conflict = open && (
    <ConflictDialog
      who={open.who}
      secondsAgo={open.secondsAgo}
      values={[{ field: open.change.label, theirs: text(open.theirs)!, mine: text(open.change.value)! }]}
      onTakeTheirs={close}
      onKeepMine={() => {
        close()
        void save({ ...open.change, base: open.theirs, version: open.version })
      }}
      onClose={close}
    />
  )
  return { save, conflict }
}

async function send(client: QueryClient, id: string, change: Change): Promise<Conflict | undefined> {
  const before = show(client, id, change)
  try {
    await updateAccount(id, patchOf(change.field, change.value), change.version)
    announce(t('edit.saved', { field: change.label }))
    return undefined
  } catch (error) {
    client.setQueryData(accountQuery(id).queryKey, before)
    const details = error instanceof ApiError && error.status === 409 ? differing.safeParse(error.details) : undefined
    if (!details?.success) throw error
    const { current, changed_by, changed_at } = details.data
    const theirs = valueIn(current, change.field)
    // someone changed something else
    if (!isIn(current, change.field) || isSame(theirs, change.base)) return await send(client, id, { ...change, version: current.version })
    return { change, theirs, version: current.version, who: changed_by ?? t('edit.someone'), secondsAgo: changed_at ? Math.max(0, (Date.now() - Date.parse(changed_at)) / 1000) : 0 }
  } finally {
    void client.invalidateQueries({ queryKey: [...ACCOUNT, id] })
  }
}

/** Shows the change at once; returns what was there, to put it back. */
function show(client: QueryClient, id: string, { field, value, options }: Change) {
  const { queryKey } = accountQuery(id)
  const before = client.getQueryData(queryKey)
  void client.cancelQueries({ queryKey })
  client.setQueryData(queryKey, (page): AccountPage | undefined => {
    if (!page) return page
    const account = { ...page.account, ...patchOf(field, value) } as AccountPage['account']
    if (field.startsWith('crm_attributes.')) {
      const key = field.slice('crm_attributes.'.length)
      account.crm_attributes = { ...page.account.crm_attributes, [key]: value }
      return { ...page, account, fields: page.fields.map((one) => (one.key === key ? { ...one, value } : one)) }
    }
    if (field === 'csm_id' && options) account.csm_name = options.find((one) => one.value === value)?.label ?? null
    return { ...page, account }
  })
  return before
}
