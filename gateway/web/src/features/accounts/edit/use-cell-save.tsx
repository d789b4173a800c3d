// Saves what was chosen in a cell, with the version that was seen; where a colleague was faster, both are shown to choose from.
import { lazy, Suspense, useCallback, useState, type ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { sendField, type Attempt, type FieldConflict } from '@/components/edit/send-field'
import { message } from '@/components/states'
import { announce } from '@/lib/announce'
import { t } from '@/lib/i18n'
import { fail } from '@/lib/toasts'
import { updateAccount } from '@/lib/update-account'
import { ACCOUNTS, type Account } from '../api'
import type { CellContext } from '../cells'
import { fieldKey, optionsOf, valueOf, type Field, type SaveCell } from './fields'

const ConflictDialog = lazy(() => import('@/components/conflict-dialog').then((m) => ({ default: m.ConflictDialog })))

type Conflict = FieldConflict & { row: Account; field: Field; value: unknown }

export function useCellSave(context: CellContext): { save: SaveCell; conflict: ReactNode } {
  const client = useQueryClient()
  const [open, setOpen] = useState<Conflict>()

  const send = useCallback(
    async (row: Account, field: Field, attempt: Attempt) => {
      const key = fieldKey(field)
      try {
        const conflict = await sendField(attempt, {
          write: (value, version) => updateAccount(row.id, { [key]: value }, version),
          read: (current) => (key in current ? { value: current[key] } : undefined),
        })
        if (conflict) setOpen({ ...conflict, row, field, value: attempt.value })
        else announce(t('edit.saved', { field: t(`col.${field}`) }))
      } catch (error) {
        fail(t('edit.notSaved', { field: `${t(`col.${field}`)}, ${row.name}`, message: message(error) }))
      }
      await client.invalidateQueries({ queryKey: ACCOUNTS })
    },
    [client],
  )
  const save = useCallback<SaveCell>((row, field, value) => send(row, field, { value, base: valueOf(row, field), version: row.version }), [send])

  const close = () => setOpen(undefined)
  const text = (value: unknown) => open && (optionsOf(open.field, open.row, context).find((one) => one.value === (value ?? ''))?.label ?? t('unknown'))
  const conflict = open && (
    <Suspense>
      <ConflictDialog
        who={open.who}
        secondsAgo={open.secondsAgo}
        values={[{ field: `${t(`col.${open.field}`)}, ${open.row.name}`, theirs: text(open.theirs)!, mine: text(open.value)! }]}
        onTakeTheirs={close}
        onKeepMine={() => {
          close()
          void send(open.row, open.field, { value: open.value, base: open.theirs, version: open.version })
        }}
        onClose={close}
      />
    </Suspense>
  )
  return { save, conflict }
}
