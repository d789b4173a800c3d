// The runs on a phone: two columns per row, without a table.
import { eventText, resultText } from '@/components/playbook/words'
import { When } from '@/components/ui/when'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import { useShared } from '../shared'
import { hasRun, type RunListProps } from './run-table'

export function RunCards({ rows, onOpen }: RunListProps) {
  const { timeZone } = useShared()
  return (
    <ul aria-label={t('am.runs')} className="acct-cards small">
      {rows.map((row) => (
        <li key={row.id}>
          <button type="button" className="min-w-0 flex-1 text-start" onClick={() => onOpen(row.id)}>
            <bdi className="name cut">{row.playbook_name}</bdi>
            <bdi className="cut">{row.account_name ?? t('unknown')}</bdi>
            <span className="quiet cut">{row.event_kind && eventText(row.event_kind)}</span>
          </button>
          <span className="grid max-w-40 justify-items-end text-end">
            <span className={cn(row.result === 'failed' ? 'bad' : !hasRun(row.result) && 'warn')}>{resultText(row.result)}</span>
            <When at={row.executed_at} timeZone={timeZone} />
          </span>
        </li>
      ))}
    </ul>
  )
}
