// Oneself leaves this organization: whoever looks after accounts names who takes over; the last administrator cannot.
import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { PersonField } from '@/components/forms/person-field'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { leaveTenant, membersQuery } from './api'
import { standing } from './standing'

type Props = { user_id: string; tenant: string; onClose: () => void }

export function LeaveDialog({ user_id, tenant, onClose }: Props) {
  const members = useQuery(membersQuery)
  const [to, setTo] = useState('')
  const [checked, setChecked] = useState(false)
  const { accounts, isLastAdmin, others } = standing(members.data ?? [], user_id)
  const leave = useMutation({
    mutationFn: () => leaveTenant(to || null),
    // the session is over: nothing of what is shown may stay
    onSuccess: () => location.assign('/login?reason=left'),
  })
  const submit = () => (accounts > 0 && !to ? setChecked(true) : leave.mutate())
  return (
    <Dialog
      title={t('leaving.ask', { tenant })}
      description={t('leaving.text')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="danger" busy={leave.isPending || leave.isSuccess} held={!members.data || isLastAdmin} onClick={submit}>
            {t('leaving.submit', { tenant })}
          </Button>
        </>
      }
    >
      {leave.error && (
        <Note tone="bad" role="alert">
          {message(leave.error)}
        </Note>
      )}
      <Awaited query={members} height={40}>
        {() =>
          isLastAdmin ? (
            <Note tone="warn">{t('leaving.last')}</Note>
          ) : accounts > 0 ? (
            <PersonField label={t('leaving.handOver', { n: accounts })} people={others} value={to} onChange={setTo} error={checked && !to ? t('leaving.missing') : undefined} />
          ) : (
            <p>{t('leaving.noAccounts')}</p>
          )
        }
      </Awaited>
    </Dialog>
  )
}
