// Deleting a playbook: what goes with it, and what stays.
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { deletePlaybook } from '../api'
import type { Playbook } from '../playbook-types'
import { sentence, useWrite } from '../use-write'

export function DeleteDialog({ playbook, onClose }: { playbook: Playbook; onClose: () => void }) {
  const remove = useWrite(
    () => deletePlaybook(playbook.id),
    () => {
      toast(t('del.done', { name: playbook.name }))
      onClose()
    },
    true,
  )
  const waiting = playbook.deliveries_waiting
  return (
    <Dialog
      title={t('del.title', { name: playbook.name })}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
            {t('del.go')}
          </Button>
        </>
      }
    >
      {remove.error && (
        <Note tone="bad" role="alert">
          {sentence(remove.error)}
        </Note>
      )}
      <p>{waiting > 0 ? t('del.waiting', { n: waiting }) : t('del.nothing')}</p>
      {playbook.burst_accounts > 0 && <p>{t('del.burst', { n: playbook.burst_accounts })}</p>}
      <p className="quiet">{t('del.kept', { n: playbook.ran_30d })}</p>
    </Dialog>
  )
}
