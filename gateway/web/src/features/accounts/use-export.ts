// The list, or what is selected of it, as a file.
import { useCallback, useState } from 'react'
import { message } from '@/components/states'
import { download } from '@/lib/csv'
import { t } from '@/lib/i18n'
import { fail, toast } from '@/lib/toasts'
import type { Account } from './api'
import type { Column } from './columns'
import { fileName, fileOf, type Form } from './export'
import type { PageContext } from './use-page'

export type Export = { save: (form: Form, read: () => Promise<Account[]>) => Promise<void>; isWriting: boolean }

export function useExport(name: string, columns: Column[], page: PageContext): Export {
  const [isWriting, setWriting] = useState(false)
  const save = useCallback(
    async (form: Form, read: () => Promise<Account[]>) => {
      setWriting(true)
      try {
        const rows = await read()
        download(fileName(name), fileOf(rows, columns, page.cells, form))
        toast(t('accounts.exported', { n: rows.length }))
      } catch (error) {
        fail(message(error))
      }
      setWriting(false)
    },
    [name, columns, page],
  )
  return { save, isWriting }
}
