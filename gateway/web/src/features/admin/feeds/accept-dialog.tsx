// Says that a silence is real, with a reason.
import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { acceptSilence, type Kind } from './feeds-api'

export function AcceptDialog({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [checked, setChecked] = useState(false)
  const accept = useMutation({
    mutationFn: () => acceptSilence(kind, reason.trim()),
    onSuccess: () => {
      void client.invalidateQueries()
      toast(t('fd.accepted', { kind: t(`fd.${kind}`) }))
      onClose()
    },
  })
  return (
    <Dialog
      title={t('fd.acceptTitle', { kind: t(`fd.${kind}`) })}
      description={t('fd.acceptText')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={accept.isPending} onClick={() => (reason.trim() ? accept.mutate() : setChecked(true))}>
            {t('fd.acceptSubmit')}
          </Button>
        </>
      }
    >
      {accept.error && (
        <Note tone="bad" role="alert">
          {message(accept.error)}
        </Note>
      )}
      <Field label={t('fd.reason')} error={checked && !reason.trim() ? t('fd.reasonMissing') : undefined}>
        {(described) => <textarea {...described} rows={3} value={reason} maxLength={1_000} onChange={(event) => setReason(event.target.value)} className="field-box" />}
      </Field>
    </Dialog>
  )
}
