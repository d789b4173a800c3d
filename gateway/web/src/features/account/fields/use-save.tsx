// Saves one field of an account. Where someone else changed the account meanwhile, but not this field, it is saved all the same;
// where it is this field, both values are shown and the person chooses.
import { useCallback, useState, type ReactNode } from 'react'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { ConflictDialog } from '@/components/conflict-dialog'
import type { ValueType } from '@/components/edit/draft'
import type { Option } from '@/components/edit/editor'
import { sendField, type FieldConflict } from '@/components/edit/send-field'
import { message } from '@/components/states'
import { announce } from '@/lib/announce'
import { t } from '@/lib/i18n'
import { fail } from '@/lib/toasts'
import { updateAccount } from '@/lib/update-account'
import { ACCOUNT, accountQuery, type AccountPage } from '../api'
import { useShown } from '../shown'
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

type Conflict = FieldConflict & { change: Change }

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
  const back = () => client.setQueryData(accountQuery(id).queryKey, before)
  try {
    const conflict = await sendField(change, {
      write: (value, version) => updateAccount(id, patchOf(change.field, value), version),
      read: (current) => (isIn(current, change.field) ? { value: valueIn(current, change.field) } : undefined),
    })
    if (conflict) back()
    else announce(t('edit.saved', { field: change.label }))
    return conflict && { ...conflict, change }
  } catch (error) {
    back()
    throw error
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
