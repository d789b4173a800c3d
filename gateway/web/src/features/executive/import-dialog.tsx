// Accounts from a file: what would happen is shown first, nothing is written until it is confirmed.
import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { rowsOf } from './import-rows'
import { importAccounts, type Outcome } from './setup-api'

const MOST_SHOWN = 5

export function ImportDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [rows, setRows] = useState<object[]>([])
  const [wrong, setWrong] = useState('')
  const tried = useMutation({ mutationFn: (given: object[]) => importAccounts(given, true) })
  const done = useMutation({
    mutationFn: () => importAccounts(rows, false),
    onSuccess: ({ inserted }) => {
      toast(t('import.done', { n: inserted }))
      onClose()
      onDone()
    },
  })
  async function read(file: File | undefined) {
    const found = file && rowsOf(await file.text())
    setWrong(file && !found?.length ? t('import.noName') : '')
    setRows(found ?? [])
    if (found?.length) tried.mutate(found)
  }
  const error = tried.error ?? done.error
  const good = tried.data?.inserted ?? 0
  return (
    <Dialog
      title={t('import.title')}
      description={t('import.text')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={done.isPending} held={good === 0} onClick={() => done.mutate()}>
            {good > 0 ? t('import.submit', { n: good }) : t('import.title')}
          </Button>
        </>
      }
    >
      <Field label={t('import.file')} error={wrong || undefined}>
        {(described) => <input {...described} type="file" accept=".csv,text/csv" onChange={(event) => void read(event.target.files?.[0])} className="small w-full file:me-3 file:h-8 file:cursor-pointer file:rounded-control file:border file:border-border file:bg-card file:px-3 file:font-medium" />}
      </Field>
      {tried.isPending && <p role="status">{t('import.trying')}</p>}
      {error && (
        <Note tone="bad" role="alert">
          {message(error)}
        </Note>
      )}
      {tried.data && <Preview outcome={tried.data} />}
    </Dialog>
  )
}

function Preview({ outcome: { inserted, rejected } }: { outcome: Outcome }) {
  const rows = new Set(rejected.map((one) => one.index)).size
  return (
    <div role="status" className="grid gap-2">
      <p>
        <b className="font-semibold">{t('import.would', { n: inserted })}</b> {t('import.nothingYet')}
      </p>
      {rows > 0 && (
        <Note tone="warn">
          <p>{t('import.refused', { n: rows })}</p>
          <ul className="mt-1">
            {rejected.slice(0, MOST_SHOWN).map((one) => (
              <li key={`${one.index}-${one.field}`}>{t('import.row', { row: one.index + 2, field: one.field ?? '', reason: one.reason })}</li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  )
}
