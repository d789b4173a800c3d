// Deliveries on a phone: two columns per row, without a table.
import { timeOfDay } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShared } from '../shared'
import { DeliveryState } from './delivery-state'
import { nameOf, type ListProps } from './delivery-table'

export function DeliveryCards({ rows, selected, onOpen, onToggle }: ListProps) {
  const { timeZone } = useShared()
  return (
    <ul aria-label={t('am.queue')} className="acct-cards small">
      {rows.map((row) => (
        <li key={row.id} data-selected={selected?.has(row.id) || undefined}>
          {selected && <input type="checkbox" className="check" aria-label={t('qu.select', { name: nameOf(row) })} checked={selected.has(row.id)} onChange={() => onToggle(row.id)} />}
          <button type="button" className="min-w-0 flex-1 text-start" onClick={() => onOpen(row.id)}>
            <bdi className="name cut">{row.playbook_name ?? t('unknown')}</bdi>
            <bdi className="cut">{row.account_name ?? t('unknown')}</bdi>
            <span className="quiet cut">{row.last_error ?? row.waits_because ?? timeOfDay(row.created_at, timeZone)}</span>
          </button>
          <span className="grid justify-items-end">
            <DeliveryState row={row} />
            <span className="quiet num">{t('qu.tries', { n: row.attempts, most: row.max_attempts ?? 10 })}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
