// The states as tabs with live counts, one playbook or all, and what can be done to all that match.
import { Ellipsis } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { cn } from '@/lib/cn'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Playbook } from '../playbook-types'
import { QUEUE_TABS, type AutomationSearch, type QueueTab } from '../search'
import { useShared } from '../shared'
import type { Many } from './many'

type Props = { search: AutomationSearch; counts: Record<QueueTab, number> | undefined; playbooks: Playbook[]; onChange: (part: Partial<AutomationSearch>) => void; onMany: (many: Many) => void }

export function QueueFilter({ search, counts, playbooks, onChange, onMany }: Props) {
  const { may } = useShared()
  const value = search.status ?? 'all'
  const entries = [
    ...(counts?.failed ? [{ label: t('qu.retryAll', { n: counts.failed }), onSelect: () => onMany({ kind: 'retry', n: counts.failed }) }] : []),
    ...(counts?.pending ? [{ label: t('qu.cancelAll', { n: counts.pending }), danger: true, onSelect: () => onMany({ kind: 'cancel', n: counts.pending }) }] : []),
  ]
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div role="group" aria-label={t('qu.state')} className="seg">
        {QUEUE_TABS.map((one) => (
          <button key={one} type="button" aria-pressed={one === value} onClick={() => one !== value && onChange({ status: one === 'all' ? undefined : one })}>
            {t(`dl.${one}`)}
            {counts && <span className={cn('num font-normal', one === 'failed' && counts.failed > 0 ? 'bad' : 'quiet')}>{count(counts[one])}</span>}
          </button>
        ))}
      </div>
      <select aria-label={t('why.playbook')} value={search.playbook ?? ''} onChange={(event) => onChange({ playbook: event.target.value || undefined })} className="field-box w-auto! max-w-64">
        <option value="">{t('rn.anyPlaybook')}</option>
        {playbooks.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      {may('playbook.edit') && entries.length > 0 && (
        <span className="ms-auto">
          <Menu align="end" trigger={{ className: buttonClass('outline'), children: (<><Ellipsis aria-hidden />{t('qu.allThatMatch')}</>) }} entries={entries} />
        </span>
      )}
    </div>
  )
}
