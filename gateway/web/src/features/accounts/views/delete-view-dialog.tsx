// Before a view is deleted: which one, and who else would miss it.
import { useState } from 'react'
import { message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { t } from '@/lib/i18n'
import type { SavedView } from '@/lib/views'
import { fail } from '@/lib/toasts'

export function DeleteViewDialog({ view, onClose, onDelete }: { view: SavedView; onClose: () => void; onDelete: () => Promise<unknown> }) {
  const [busy, setBusy] = useState(false)
  const remove = async () => {
    setBusy(true)
    await onDelete().catch((error: unknown) => fail(message(error)))
    setBusy(false)
  }
  return (
    <Dialog
      title={t('views.deleteTitle', { name: view.name })}
      description={t(view.is_shared ? 'views.deleteShared' : 'views.deleteText')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="danger" busy={busy} onClick={() => void remove()}>
            {t('views.delete')}
          </Button>
        </>
      }
    />
  )
}
