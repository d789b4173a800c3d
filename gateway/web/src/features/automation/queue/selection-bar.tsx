// What can be done to the ticked deliveries.
import { RefreshCw, RotateCw, X } from 'lucide-react'
import { Button, IconButton } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import type { Delivery } from './api'
import { useDeliveries } from './use-deliveries'

export function SelectionBar({ chosen, onDone }: { chosen: Delivery[]; onDone: () => void }) {
  const { retry, cancel, busy } = useDeliveries(onDone)
  const ids = chosen.map((one) => one.id)
  const open = chosen.filter((one) => one.status === 'pending' || one.status === 'processing').map((one) => one.id)
  return (
    <section aria-label={t('qu.selection')} className="selbar">
      <b className="num me-2 font-semibold">{t('qu.selected', { n: ids.length })}</b>
      <Button look="ghost" busy={busy} onClick={() => retry(ids, 'as_sent')}>
        <RotateCw aria-hidden />
        <span>{t('qu.asSent')}</span>
      </Button>
      <Button look="ghost" busy={busy} onClick={() => retry(ids, 'rebuilt')}>
        <RefreshCw aria-hidden />
        <span>{t('qu.rebuild')}</span>
      </Button>
      {open.length > 0 && (
        <Button look="ghost" busy={busy} onClick={() => cancel(open)}>
          {t('qu.cancel', { n: open.length })}
        </Button>
      )}
      <IconButton label={t('qu.clear')} onClick={onDone}>
        <X aria-hidden />
      </IconButton>
    </section>
  )
}
