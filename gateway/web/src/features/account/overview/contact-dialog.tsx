// Adds, changes or removes a person at the customer.
import { useState } from 'react'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import type { Contact } from '../api'
import { useShown } from '../shown'
import { useWrite } from '../use-write'
import { deleteContact, saveContact } from '../write-api'

const FIELDS = [['full_name', 'ppl.name', 'text'], ['title', 'ppl.job', 'text'], ['email', 'ppl.email', 'email'], ['phone', 'ppl.phone', 'tel']] as const

export function ContactDialog({ contact, onClose }: { contact?: Contact; onClose: () => void }) {
  const { id } = useShown()
  const [given, setGiven] = useState({ full_name: contact?.full_name ?? '', title: contact?.title ?? '', email: contact?.email ?? '', phone: contact?.phone ?? '' })
  const [primary, setPrimary] = useState(contact?.is_primary ?? false)
  const [wrong, setWrong] = useState('')
  const [removing, setRemoving] = useState(false)
  const done = (text: string) => () => {
    toast(text)
    onClose()
  }
  const save = useWrite({
    send: () => saveContact(id, { id: contact?.id, full_name: given.full_name.trim(), title: given.title.trim() || null, email: given.email.trim() || null, phone: given.phone.trim() || null, is_primary: primary }),
    onDone: done(t('ppl.saved', { name: given.full_name.trim() })),
    quiet: true,
  })
  const remove = useWrite({ send: () => deleteContact(contact!.id), onDone: done(t('ppl.removed', { name: contact?.full_name ?? '' })), quiet: true })
  function submit() {
    setWrong(given.full_name.trim() ? '' : t('ppl.nameMissing'))
    if (given.full_name.trim()) save.mutate(undefined)
  }
  const error = save.error ?? remove.error
  return (
    <Dialog
      title={removing ? t('ppl.removeTitle', { name: contact?.full_name ?? '' }) : t(contact ? 'ppl.change' : 'ppl.add')}
      description={removing ? t('ppl.removeText') : undefined}
      onClose={onClose}
      footer={
        removing ? (
          <>
            <Button look="ghost" onClick={() => setRemoving(false)}>
              {t('cancel')}
            </Button>
            <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
              {t('ppl.remove')}
            </Button>
          </>
        ) : (
          <>
            {contact && (
              <Button look="danger" className="me-auto" onClick={() => setRemoving(true)}>
                {t('ppl.remove')}
              </Button>
            )}
            <Button look="ghost" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button busy={save.isPending} onClick={submit}>
              {t('ppl.save')}
            </Button>
          </>
        )
      }
    >
      {error && (
        <Note tone="bad" role="alert">
          {message(error)}
        </Note>
      )}
      {!removing && (
        <>
          {FIELDS.map(([key, label, type]) => (
            <Field key={key} label={t(label)} error={key === 'full_name' && wrong ? wrong : undefined}>
              {(described) => (
                <input {...described} type={type} maxLength={200} autoComplete="off" value={given[key]} onChange={(event) => setGiven({ ...given, [key]: event.target.value })} onKeyDown={(event) => event.key === 'Enter' && submit()} className="field-box" />
              )}
            </Field>
          ))}
          <label className="hit">
            <input type="checkbox" className="check" checked={primary} onChange={(event) => setPrimary(event.target.checked)} />
            {t('ppl.makePrimary')}
          </label>
        </>
      )}
    </Dialog>
  )
}
