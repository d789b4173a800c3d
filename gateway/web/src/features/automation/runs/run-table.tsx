// The runs as a table; a row opens what is known of it.
import { moment } from '@/lib/format'
import { eventText, resultText } from '@/components/playbook/words'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import { useShared } from '../shared'
import type { Run } from './api'

export type RunListProps = { rows: Run[]; open: string | undefined; onOpen: (id: string) => void }

export const hasRun = (result: string) => result === 'fired' || result === 'failed'

export function RunTable({ rows, open, onOpen }: RunListProps) {
  return (
    <div className="panel">
      <ScrollRegion className="scroll" label={t('am.runs')}>
        <table className="tbl">
          <caption className="sr-only">{t('am.runs')}</caption>
          <thead>
            <tr>
              {(['when', 'playbook', 'account', 'event', 'result', 'delivery'] as const).map((key) => (
                <th key={key} scope="col">
                  {t(`rnCol.${key}`)}
                </th>
              ))}
              <th scope="col" className="end">{t('rnCol.ms')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} isOpen={row.id === open} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  )
}

function Row({ row, isOpen, onOpen }: { row: Run; isOpen: boolean; onOpen: (id: string) => void }) {
  const { timeZone } = useShared()
  const failed = row.result === 'failed'
  return (
    <tr data-open={isOpen || undefined}>
      <td className="num whitespace-nowrap">
        <button type="button" className="to min-h-6" aria-label={t('rn.open', { name: row.playbook_name, account: row.account_name ?? t('unknown'), when: moment(row.executed_at, timeZone) })} onClick={() => onOpen(row.id)}>
          {moment(row.executed_at, timeZone)}
        </button>
      </td>
      <th scope="row" className="max-w-56">
        <bdi className="name cut" title={row.playbook_name}>{row.playbook_name}</bdi>
      </th>
      <td className="max-w-48">
        <bdi className="cut" title={row.account_name ?? undefined}>{row.account_name ?? t('unknown')}</bdi>
      </td>
      <td className="quiet max-w-48">{row.event_kind && <span className="cut">{eventText(row.event_kind)}</span>}</td>
      <td className="whitespace-nowrap">
        <span className={cn(failed ? 'bad' : !hasRun(row.result) && 'warn')}>{resultText(row.result)}</span>
        {row.is_open && <span className="quiet"> {t('rn.again')}</span>}
      </td>
      <td className="max-w-56">
        {row.delivery_status === null ? <span className="quiet">{t('none')}</span> : <span className={cn('cut', row.delivery_status === 'failed' && 'bad')} title={row.delivery_error ?? row.delivery_waits_because ?? undefined}>{t(`dl.${row.delivery_status}` as 'dl.failed')}{row.response_status !== null && ` ${row.response_status}`}</span>}
      </td>
      <td className="end">{row.delivery_ms ?? ''}</td>
    </tr>
  )
}
