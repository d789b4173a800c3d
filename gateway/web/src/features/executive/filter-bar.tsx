// Which accounts and which time the page covers; all of it is in the address.
import { Plus } from 'lucide-react'
import { Menu } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entries'
import { Segmented } from '@/components/ui/segmented'
import { cn } from '@/lib/cn'
import { dayIn } from '@/lib/days'
import { t } from '@/lib/i18n'
import { FilterChip, type Option } from './filter-chip'
import { RANGES, type ExecutiveSearch } from './range'
import type { View } from './segment'

type Props = {
  search: ExecutiveSearch
  onChange: (part: Partial<ExecutiveSearch>) => void
  views: View[]
  people: { id: string; name: string }[]
  stages: { id: string; name: string }[]
}

export function FilterBar({ search, onChange, views, people, stages }: Props) {
  const { view, csm, stage, status, range = '90d' } = search
  const statuses: Option[] = [
    { value: '', label: t('status.Active') },
    { value: 'Paused', label: t('status.Paused') },
    { value: 'Churned', label: t('status.Churned') },
    { value: 'all', label: t('exec.allStatus') },
  ]
  const csms: Option[] = [{ value: 'none', label: t('exec.noCsm') }, ...people.map((one) => ({ value: one.id, label: one.name }))]
  const more: MenuEntry[] = [
    ...(csm ? [] : [{ title: t('col.csm') }, ...csms.map((one) => ({ label: one.label, onSelect: () => onChange({ csm: one.value }) }))]),
    ...(stage ? [] : [{ title: t('col.stage') }, ...stages.map((one) => ({ label: one.name, onSelect: () => onChange({ stage: one.id }) }))]),
  ]
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <FilterChip name={t('exec.segment')} value={view ?? ''} options={[{ value: '', label: t('exec.all') }, ...views.map((one) => ({ value: one.id, label: one.name }))]} onPick={(value) => onChange({ view: value || undefined })} onRemove={view ? () => onChange({ view: undefined }) : undefined} />
      <FilterChip name={t('col.status')} value={status ?? ''} options={statuses} onPick={(value) => onChange({ status: (value || undefined) as ExecutiveSearch['status'] })} onRemove={status === 'all' ? undefined : () => onChange({ status: 'all' })} />
      {csm && <FilterChip name={t('col.csm')} value={csm} options={csms} onPick={(value) => onChange({ csm: value })} onRemove={() => onChange({ csm: undefined })} />}
      {stage && <FilterChip name={t('col.stage')} value={stage} options={stages.map((one) => ({ value: one.id, label: one.name }))} onPick={(value) => onChange({ stage: value })} onRemove={() => onChange({ stage: undefined })} />}
      {(!csm || !stage) && (
        <Menu
          align="start"
          trigger={{
            className: 'chip chip-add no-print',
            children: (
              <>
                <Plus aria-hidden />
                {t(!csm && !stage ? 'exec.addBoth' : csm ? 'col.stage' : 'col.csm')}
              </>
            ),
          }}
          entries={more}
        />
      )}
      <div className={cn('ms-auto flex flex-wrap items-center gap-2 max-md:ms-0 max-md:w-full')}>
        {range === 'custom' && <Dates search={search} onChange={onChange} />}
        <Segmented
          label={t('range.label')}
          value={range}
          options={[...RANGES, 'custom' as const].map((value) => ({ value, label: t(`range.${value}`) }))}
          onChange={(value) => onChange(value === 'custom' ? { range: value, ...standardDates(search) } : { range: value === '90d' ? undefined : value, from: undefined, to: undefined })}
        />
      </div>
    </div>
  )
}

const standardDates = ({ from, to }: ExecutiveSearch) => ({ from: from ?? dayIn(-90), to: to ?? dayIn(0) })

function Dates({ search, onChange }: Pick<Props, 'search' | 'onChange'>) {
  const dates = standardDates(search)
  return (
    <>
      {(['from', 'to'] as const).map((end) => (
        <label key={end} className="small quiet flex items-center gap-1.5">
          {t(`range.${end}`)}
          <input
            type="date"
            value={dates[end]}
            max={end === 'from' ? dates.to : dayIn(0)}
            min={end === 'to' ? dates.from : undefined}
            onChange={(event) => event.target.value && onChange({ ...dates, [end]: event.target.value })}
            className="field-box h-7! w-36 px-2! text-foreground max-md:h-9!"
          />
        </label>
      ))}
    </>
  )
}
