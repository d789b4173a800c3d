// A colleague leaves: their accounts go to someone, their sessions and tokens end.
import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { PersonField } from '@/components/forms/person-field'
import { NamedBy } from '@/components/naming/named-by'
import { namedByQuery } from '@/components/naming/named-by-api'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { deactivate, type Member } from './people-api'

type Props = { member: Member; others: Member[]; onClose: () => void }

export function LeaveDialog({ member, others, onClose }: Props) {
  const client = useQueryClient()
  const { data: naming = [] } = useQuery(namedByQuery(member.user_id))
  const [to, setTo] = useState('')
  const [checked, setChecked] = useState(false)
  const needed = member.accounts > 0
  const leave = useMutation({
    mutationFn: () => deactivate(member.user_id, to || null),
    onSuccess: (n) => {
      void client.invalidateQueries()
      const { full_name: name } = member
      toast(n > 0 ? t('pp.leftWith', { name, n, to: others.find((one) => one.user_id === to)?.full_name ?? '' }) : t('pp.left', { name }))
      onClose()
    },
  })
  const submit = () => (needed && !to ? setChecked(true) : leave.mutate())
  return (
    <Dialog
      title={t('pp.leaveTitle', { name: member.full_name })}
      description={t('pp.leaveText')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="danger" busy={leave.isPending} onClick={submit}>
            {t('pp.leaveSubmit', { name: member.full_name })}
          </Button>
        </>
      }
    >
      {leave.error && (
        <Note tone="bad" role="alert">
          {message(leave.error)}
        </Note>
      )}
      <NamedBy all={naming} />
      {needed && <PersonField label={t('pp.handOver', { n: member.accounts })} people={others} value={to} onChange={setTo} error={checked && !to ? t('pp.handOverMissing') : undefined} />}
    </Dialog>
  )
}
