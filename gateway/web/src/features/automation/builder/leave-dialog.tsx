// Asks before what was typed is lost.
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { t } from '@/lib/i18n'

export function LeaveDialog({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  return (
    <Dialog
      title={t('leave.title')}
      description={t('leave.text')}
      onClose={onStay}
      footer={
        <>
          <Button look="danger" onClick={onLeave}>
            {t('leave.go')}
          </Button>
          <Button onClick={onStay}>{t('leave.stay')}</Button>
        </>
      }
    />
  )
}
