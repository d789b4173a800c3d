// For whom a database role acts that was offered to this organization.
import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { PersonField } from '@/components/forms/person-field'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { databaseRolesQuery, linkAnalyst, type Member } from './people-api'

export function LinkDialog({ role, people, onClose }: { role: string; people: Member[]; onClose: () => void }) {
  const client = useQueryClient()
  const [to, setTo] = useState('')
  const [checked, setChecked] = useState(false)
  const link = useMutation({
    mutationFn: () => linkAnalyst(to, role),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: databaseRolesQuery.queryKey })
      toast(t('pp.linkedTo', { role, name: people.find((one) => one.user_id === to)?.full_name ?? '' }))
      onClose()
    },
  })
  return (
    <Dialog
      title={t('pp.linkTitle', { role })}
      description={t('pp.linkText')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={link.isPending} onClick={() => (to ? link.mutate() : setChecked(true))}>
            {t('pp.link')}
          </Button>
        </>
      }
    >
      {link.error && (
        <Note tone="bad" role="alert">
          {message(link.error)}
        </Note>
      )}
      <PersonField label={t('pp.linkWhom')} people={people} value={to} onChange={setTo} error={checked && !to ? t('pp.linkMissing') : undefined} />
    </Dialog>
  )
}
