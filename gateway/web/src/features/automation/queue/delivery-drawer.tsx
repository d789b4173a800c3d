// One delivery: what is wrong, its tries in order, the request without its secrets, the payload, and what can be done.
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp, RotateCw } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { Button, IconButton } from '@/components/ui/button'
import { Drawer } from '@/components/ui/drawer'
import { t } from '@/lib/i18n'
import { useShared } from '../shared'
import { deliveryQuery, type WholeDelivery } from './api'
import { nameOf } from './delivery-table'
import { Request } from './request'
import { Tries } from './tries'
import { useDeliveries } from './use-deliveries'

type Props = { id: string; onClose: () => void; onStep: ((by: number) => void) | undefined }

export function DeliveryDrawer({ id, onClose, onStep }: Props) {
  const query = useQuery(deliveryQuery(id))
  const row = query.data
  const title = row ? nameOf(row) : t('am.queue')
  return (
    <Drawer
      label={title}
      head={
        <div className="flex items-center">
          <h2 className="cut flex-1 text-base font-semibold">{title}</h2>
          {onStep && (
            <>
              <IconButton label={t('qu.previous')} onClick={() => onStep(-1)}>
                <ChevronUp aria-hidden />
              </IconButton>
              <IconButton label={t('qu.next')} onClick={() => onStep(1)}>
                <ChevronDown aria-hidden />
              </IconButton>
            </>
          )}
        </div>
      }
      onClose={onClose}
      footer={row && <Foot row={row} />}
    >
      <Awaited query={query} height={240}>
        {(found) =>
          found === null ? (
            <p className="quiet">{t('missing.text')}</p>
          ) : (
            <>
              <Tries row={found} />
              <Request row={found} />
            </>
          )
        }
      </Awaited>
    </Drawer>
  )
}

function Foot({ row }: { row: WholeDelivery }) {
  const { may } = useShared()
  const { retry, cancel, busy } = useDeliveries()
  if (!may('playbook.run')) return null
  const isOpen = row.status === 'pending' || row.status === 'processing'
  return (
    <>
      {row.status !== 'processing' && (
        <Button busy={busy} onClick={() => retry([row.id], 'as_sent')}>
          <RotateCw aria-hidden />
          {t(row.status === 'completed' ? 'qu.resend' : 'qu.retryNow')}
        </Button>
      )}
      {row.status !== 'processing' && row.channel === 'webhook' && (
        <Button look="outline" busy={busy} onClick={() => retry([row.id], 'rebuilt')}>
          {t('qu.rebuildToday')}
        </Button>
      )}
      {isOpen && (
        <Button look="danger" busy={busy} onClick={() => cancel([row.id])}>
          {t('qu.cancelOne')}
        </Button>
      )}
    </>
  )
}
