// The end of an account: what goes with it, what stays, what still names it, and why it goes.
import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Awaited } from '@/components/awaited'
import { NamedBy } from '@/components/naming/named-by'
import { namedByQuery } from '@/components/naming/named-by-api'
import { explained } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { listed } from '@/lib/format'
import { t } from '@/lib/i18n'
import { dropRecent } from '@/lib/recents'
import { toast } from '@/lib/toasts'
import { belongingsQuery, deleteAccount, type Belongings } from './ending-api'

type Props = { account: { id: string; name: string }; onClose: () => void; onDeleted: () => void }

export function DeleteAccountDialog({ account: { id, name }, onClose, onDeleted }: Props) {
  const belongings = useQuery(belongingsQuery(id))
  const { data: naming = [] } = useQuery(namedByQuery(id))
  const [reason, setReason] = useState('')
  const [checked, setChecked] = useState(false)
  const isMissing = reason.trim() === ''
  const isParent = (belongings.data?.children ?? 0) > 0
  const remove = useMutation({
    mutationFn: () => deleteAccount(id, reason.trim()),
    onSuccess: () => {
      dropRecent(id)
      toast(t('gone.deleted', { name }))
      onDeleted()
    },
  })
  const submit = () => (isMissing ? setChecked(true) : remove.mutate())
  return (
    <Dialog
      title={t('gone.deleteTitle', { name })}
      description={t('gone.deleteText')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="danger" busy={remove.isPending} held={!belongings.data || isParent} onClick={submit}>
            {t('gone.submit')}
          </Button>
        </>
      }
    >
      {remove.error && (
        <Note tone="bad" role="alert">
          {explained(remove.error)}
        </Note>
      )}
      <Awaited query={belongings} height={80}>
        {(known) =>
          isParent ? (
            <Note tone="warn">
              {t('gone.isParent', { n: known.children })}{' '}
              <Link to="/dashboard/accounts/$id" params={{ id }} search={{ tab: 'family' }} onClick={onClose} className="link">
                {t('gone.toFamily')}
              </Link>
            </Note>
          ) : (
            <>
              <p className="num">{goesWith(known)}</p>
              <p>{t('gone.stays')}</p>
              <NamedBy all={naming} />
              <Field label={t('gone.reason')} hint={t('gone.reasonHint')} error={checked && isMissing ? t('gone.reasonMissing') : undefined}>
                {(described) => <textarea {...described} rows={2} maxLength={1_000} value={reason} onChange={(event) => setReason(event.target.value)} className="field-box" />}
              </Field>
            </>
          )
        }
      </Awaited>
    </Dialog>
  )
}

function goesWith({ contacts, activities, usage, scores }: Belongings) {
  const parts = [
    contacts > 0 && t('gone.contacts', { n: contacts }),
    activities > 0 && t('gone.activities', { n: activities }),
    usage > 0 && t('gone.usage', { n: usage }),
    scores > 0 && t('gone.scores', { n: scores }),
  ].filter((one) => one !== false)
  return parts.length === 0 ? t('gone.alone') : t('gone.with', { parts: listed(parts) })
}
