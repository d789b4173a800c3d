// The runs on one account, those that a gate held back included, with what they did.
import { retryDeliveries } from '@/components/playbook/playbook-api'
import { actionText, eventText, resultText } from '@/components/playbook/words'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { Button } from '@/components/ui/button'
import { moment } from '@/lib/format'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { useShown } from '../shown'
import { useWrite } from '../use-write'
import type { Run } from './automation-api'

export function Runs({ rows }: { rows: Run[] }) {
  return (
    <ScrollRegion className="scroll" label={t('auto.title')}>
      <table className="tbl">
        <caption className="sr-only">{t('auto.title')}</caption>
        <thead>
          <tr>
            {(['when', 'playbook', 'result', 'did'] as const).map((key) => (
              <th key={key} scope="col">{t(`auto.${key}`)}</th>
            ))}
            <th scope="col">
              <span className="sr-only">{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Row({ row }: { row: Run }) {
  const { timeZone, may, onChange } = useShown()
  const retry = useWrite({ send: () => retryDeliveries([row.webhook_id!]), onDone: () => toast(t('auto.retried')) })
  const ran = row.result === 'fired' || row.result === 'failed'
  return (
    <tr>
      <td className="num whitespace-nowrap">{moment(row.executed_at, timeZone)}</td>
      <th scope="row" className="min-w-32">
        <bdi className="name">{row.playbook_name}</bdi>
        {row.event_kind && <span className="quiet block">{eventText(row.event_kind)}</span>}
      </th>
      <td className="min-w-32 wrap-anywhere">
        <span className={row.result === 'failed' ? 'bad' : undefined}>{resultText(row.result)}</span>
        {!ran && <span className="quiet block">{row.reason}</span>}
        {row.result === 'failed' && row.reason && <span className="quiet block">{row.reason}</span>}
        {row.is_open && <span className="quiet block">{t('auto.again')}</span>}
      </td>
      <td className="min-w-32 wrap-anywhere">
        {(row.actions ?? []).map((action, i) => (
          // what a run did keeps its order
          // eslint-disable-next-line react/no-array-index-key
          <span key={i} className="block">
            {actionText(action)}
          </span>
        ))}
        {row.delivery_status === 'failed' && <span className="bad block">{row.delivery_error ?? t('auto.failed')}</span>}
        {row.delivery_status === 'completed' && <span className="quiet block">{t('auto.delivered', { status: row.response_status ?? '' })}</span>}
        {row.delivery_waits_because && <span className="quiet block">{row.delivery_waits_because}</span>}
        {(row.actions ?? []).length === 0 && row.delivery_status === null && <span className="quiet">{t('none')}</span>}
      </td>
      <td className="end whitespace-nowrap">
        {row.delivery_status === 'failed' && may('playbook.run') ? (
          <Button look="outline" size="xs" busy={retry.isPending} onClick={() => retry.mutate(undefined)}>
            {t('auto.retry')}
          </Button>
        ) : (
          !ran && (
            <Button look="outline" size="xs" onClick={() => onChange({ playbook: row.playbook_id })}>
              {t('auto.whyNot')}
            </Button>
          )
        )}
      </td>
    </tr>
  )
}
