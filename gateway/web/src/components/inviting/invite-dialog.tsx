// Invites a colleague: the link is shown once, since nothing here sends mail.
import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { OnceLink } from '@/components/once-link'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { dayShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { ROLES } from '@/lib/roles'
import { invite } from './inviting-api'
import { RoleField } from './role-field'

type Props = { /** of an invitation that is made again */ to?: { email: string; role: string }; onClose: () => void; onDone: () => void }

export function InviteDialog({ to, onClose, onDone }: Props) {
  const [email, setEmail] = useState(to?.email ?? '')
  const [role, setRole] = useState<string>(to?.role ?? ROLES[0])
  const [wrong, setWrong] = useState('')
  const sent = useMutation({ mutationFn: () => invite(email.trim(), role), onSuccess: onDone })
  const link = sent.data && `${location.origin}/invite/${sent.data.token}`
  function submit() {
    const fine = /^\S+@\S+$/.test(email.trim())
    setWrong(fine ? '' : t('login.emailMissing'))
    if (fine) sent.mutate()
  }
  return (
    <Dialog
      title={t('inviting.title')}
      description={link ? t('inviting.once', { day: dayShort(sent.data!.expires_at) }) : t('inviting.text')}
      onClose={onClose}
      footer={
        link ? (
          <Button onClick={onClose}>{t('done')}</Button>
        ) : (
          <>
            <Button look="ghost" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button busy={sent.isPending} onClick={submit}>
              {t('inviting.submit')}
            </Button>
          </>
        )
      }
    >
      {sent.error && (
        <Note tone="bad" role="alert">
          {message(sent.error)}
        </Note>
      )}
      {link ? (
        <OnceLink link={link} label={t('inviting.link')} />
      ) : (
        <>
          <Field label={t('login.email')} error={wrong || undefined}>
            {(described) => <input {...described} type="email" value={email} onChange={(event) => setEmail(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && submit()} className="field-box" autoComplete="off" />}
          </Field>
          <RoleField role={role} onChange={setRole} />
        </>
      )}
    </Dialog>
  )
}
