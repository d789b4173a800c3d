// Deliveries as a table, with boxes to tick; a row opens its tries.
import { ScrollRegion } from '@/components/ui/scroll-region'
import { moment } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShared } from '../shared'
import type { Delivery } from './api'
import { DeliveryState } from './delivery-state'

export type ListProps = { rows: Delivery[]; open: string | undefined; /** undefined where nothing can be ticked */ selected: ReadonlySet<string> | undefined; onOpen: (id: string) => void; onToggle: (id: string) => void; onAll: (on: boolean) => void }

export const nameOf = (row: Delivery) => t('qu.row', { name: row.playbook_name ?? t('unknown'), account: row.account_name ?? t('unknown') })

export function DeliveryTable({ rows, open, selected, onOpen, onToggle, onAll }: ListProps) {
  const all = selected !== undefined && rows.every((one) => selected.has(one.id))
  return (
    <div className="panel">
      <ScrollRegion className="scroll" label={t('am.queue')}>
        <table className="tbl">
          <caption className="sr-only">{t('am.queue')}</caption>
          <thead>
            <tr>
              {selected && (
                <th scope="col" className="w-10">
                  <input type="checkbox" className="check" aria-label={t('qu.selectAll')} checked={all} ref={(box) => { if (box) box.indeterminate = !all && rows.some((one) => selected.has(one.id)) }} onChange={() => onAll(!all)} />
                </th>
              )}
              {(['created', 'state', 'playbook', 'account', 'attempts'] as const).map((key) => (
                <th key={key} scope="col">
                  {t(`quCol.${key}`)}
                </th>
              ))}
              <th scope="col" className="end">{t('quCol.http')}</th>
              <th scope="col" className="end">{t('rnCol.ms')}</th>
              <th scope="col">{t('quCol.error')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} isOpen={row.id === open} isSelected={selected?.has(row.id)} onOpen={onOpen} onToggle={onToggle} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  )
}

type RowProps = { row: Delivery; isOpen: boolean; isSelected: boolean | undefined; onOpen: (id: string) => void; onToggle: (id: string) => void }

function Row({ row, isOpen, isSelected, onOpen, onToggle }: RowProps) {
  const { timeZone } = useShared()
  const why = row.last_error ?? row.waits_because
  return (
    <tr aria-selected={isSelected} data-open={isOpen || undefined}>
      {isSelected !== undefined && (
        <td>
          <input type="checkbox" className="check" aria-label={t('qu.select', { name: nameOf(row) })} checked={isSelected} onChange={() => onToggle(row.id)} />
        </td>
      )}
      <td className="num whitespace-nowrap">
        <button type="button" className="to min-h-6" aria-label={`${nameOf(row)}, ${moment(row.created_at, timeZone)}`} onClick={() => onOpen(row.id)}>
          {moment(row.created_at, timeZone)}
        </button>
      </td>
      <td>
        <DeliveryState row={row} />
      </td>
      <th scope="row" className="max-w-48 font-normal">
        <bdi className="cut" title={row.playbook_name ?? undefined}>{row.playbook_name ?? t('unknown')}</bdi>
        {row.is_test && <span className="quiet">{t('qu.test')}</span>}
      </th>
      <td className="max-w-44">
        <bdi className="cut" title={row.account_name ?? undefined}>{row.account_name ?? t('unknown')}</bdi>
      </td>
      <td className="num whitespace-nowrap">{t('qu.tries', { n: row.attempts, most: row.max_attempts ?? 10 })}</td>
      <td className="end">{row.response_status ?? ''}</td>
      <td className="end">{row.duration_ms ?? ''}</td>
      <td className="max-w-64">{why && <span className={row.last_error ? 'cut' : 'cut quiet'} title={why}>{why}</span>}</td>
    </tr>
  )
}
