// Pausing all playbooks at once: nothing runs, nothing is sent, until each is switched on again.
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { pauseAll } from '../api'
import { useWrite } from '../use-write'

export function PauseAllDialog({ active, onClose }: { active: number; onClose: () => void }) {
  const pause = useWrite(pauseAll, (n) => {
    toast(t('pall.done', { n }))
    onClose()
  })
  return (
    <Dialog
      title={t('pall.title', { n: active })}
      description={t('pall.text')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="danger" busy={pause.isPending} onClick={() => pause.mutate(undefined)}>
            {t('pall.go', { n: active })}
          </Button>
        </>
      }
    />
  )
}
