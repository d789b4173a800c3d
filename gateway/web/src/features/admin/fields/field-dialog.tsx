// One custom field. Another type is tried on the values that are there before it can be saved.
import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { isSame } from '@/components/draft/merge'
import { NamedBy } from '@/components/naming/named-by'
import { namedByQuery } from '@/components/naming/named-by-api'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { lastChange } from '../api'
import { changeOf, draftOfField, faultsOf } from './edit-field'
import { FieldForm } from './field-form'
import { customFieldsQuery, misfitsQuery, saveField, type CustomField } from './fields-api'
import { Misfits } from './misfits'

type Props = { field?: CustomField; /** the last place in the order */ after: number; onClose: () => void }

class Faster extends Error {}

export function FieldDialog({ field, after, onClose }: Props) {
  const client = useQueryClient()
  const [base, setBase] = useState(field)
  const [draft, setDraft] = useState(() => draftOfField(field))
  const [checked, setChecked] = useState(false)
  const isOther = base !== undefined && base.type !== draft.type
  const misfits = useQuery({ ...misfitsQuery(base?.id ?? '', draft.type), enabled: isOther })
  const faults = faultsOf(draft)
  const dirty = !isSame(draft, draftOfField(base))
  const done = (text: string) => {
    void client.invalidateQueries()
    toast(text)
    onClose()
  }
  const save = useMutation({
    mutationFn: async () => {
      if (base) {
        const now = (await client.fetchQuery({ ...customFieldsQuery, staleTime: 0 })).find((one) => one.id === base.id)
        if (now && !isSame(now, base)) {
          const { who } = await lastChange('custom_fields').catch(() => ({ who: null }))
          setBase(now)
          throw new Faster(t('cf.changed', { who: who ?? t('draft.someone') }))
        }
      }
      await saveField({ ...changeOf(base, draft), ...(base ? {} : { display_order: after + 1 }) })
    },
    onSuccess: () => done(t('cf.saved', { label: draft.label })),
  })
  const archive = useMutation({ mutationFn: () => saveField({ id: base!.id, is_active: false }), onSuccess: () => done(t('cf.isArchived', { label: base!.label })) })
  const naming = useQuery({ ...namedByQuery(base?.id ?? ''), enabled: base !== undefined })
  const [isAsked, setAsked] = useState(false)
  // what names it is shown before it goes
  const askArchive = () => ((naming.data?.length ?? 0) > 0 && !isAsked ? setAsked(true) : archive.mutate())
  const error = save.error ?? archive.error
  const blocked = isOther && (misfits.isPending || (misfits.data?.length ?? 0) > 0)
  const submit = () => (faults.length > 0 ? setChecked(true) : save.mutate())
  return (
    <Dialog
      title={base ? t('cf.editTitle', { label: base.label }) : t('cf.new')}
      onClose={onClose}
      closable={!dirty}
      footer={
        <>
          {base && (
            <Button look="danger" className="me-auto" busy={archive.isPending} held={naming.isPending} onClick={askArchive}>
              {t(isAsked ? 'gone.archiveAnyway' : 'cf.archive')}
            </Button>
          )}
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={save.isPending} held={blocked} onClick={submit}>
            {t(base ? 'cf.save' : 'cf.make')}
          </Button>
        </>
      }
    >
      {error && (
        <Note tone={error instanceof Faster ? 'warn' : 'bad'} role="alert">
          {message(error)}
        </Note>
      )}
      {isAsked && (
        <div role="alert">
          <NamedBy all={naming.data ?? []} />
        </div>
      )}
      <FieldForm draft={draft} isNew={!base} faults={checked ? faults : []} onChange={(part) => setDraft({ ...draft, ...part })} />
      {isOther && <Misfits query={misfits} type={draft.type} />}
    </Dialog>
  )
}
