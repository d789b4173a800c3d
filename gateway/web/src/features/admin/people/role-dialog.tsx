// Another role for a colleague: what it allows, and that their sessions end.
import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RoleField } from '@/components/inviting/role-field'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { roleName } from '@/lib/roles'
import { toast } from '@/lib/toasts'
import { setRole, type Member } from './people-api'

export function RoleDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const client = useQueryClient()
  const [role, setChosen] = useState(member.role)
  const save = useMutation({
    mutationFn: () => setRole(member.user_id, role),
    onSuccess: () => {
      void client.invalidateQueries()
      toast(t('pp.roleSet', { name: member.full_name, role: roleName(role) }))
      onClose()
    },
  })
  return (
    <Dialog
      title={t('pp.roleTitle', { name: member.full_name })}
      description={t('pp.roleText')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={save.isPending} held={role === member.role} onClick={() => save.mutate()}>
            {t('pp.roleSubmit')}
          </Button>
        </>
      }
    >
      {save.error && (
        <Note tone="bad" role="alert">
          {message(save.error)}
        </Note>
      )}
      <RoleField role={role} onChange={setChosen} />
    </Dialog>
  )
}
