// Which accounts the board covers, and in which order they stand; all of it is in the address.
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { facetsQuery, fieldsQuery } from '@/components/criteria-builder/names-api'
import { FilterChips } from '@/components/account-filter/filter-chips'
import { FilterInput } from '@/components/account-filter/filter-input'
import { LevelChip } from '@/components/account-filter/level-chip'
import { builderContext } from '@/components/criteria-builder/context'
import type { FieldInfo } from '@/components/criteria-builder/field-types'
import { Menu } from '@/components/ui/menu'
import { Segmented } from '@/components/ui/segmented'
import { t } from '@/lib/i18n'
import { activeStagesQuery, peopleQuery, type PersonName, type StageName } from '@/lib/names'
import { SORTS, type JourneySearch, type Sort } from './search'

type Props = { search: JourneySearch; currency: string; onChange: (part: Partial<JourneySearch>) => void; onText: (q: string) => void }

const NO_FIELDS: FieldInfo[] = []
const NO_STAGES: StageName[] = []
const NO_PEOPLE: PersonName[] = []

export function FilterBar({ search, currency, onChange, onText }: Props) {
  const { data: fields = NO_FIELDS } = useQuery(fieldsQuery)
  const { data: stages = NO_STAGES } = useQuery(activeStagesQuery)
  const { data: people = NO_PEOPLE } = useQuery(peopleQuery)
  const builder = useMemo(() => builderContext(fields, { stages, people }, currency, facetsQuery), [fields, stages, people, currency])
  const sort = search.sort ?? 'overdue'
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <FilterInput value={search.q ?? ''} onChange={onText} />
      <Segmented label={t('board.whose')} value={search.mine ? 'mine' : 'all'} options={[{ value: 'all', label: t('board.everyone') }, { value: 'mine', label: t('board.mine') }]} onChange={(value) => onChange({ mine: value === 'mine' || undefined })} />
      {search.level && <LevelChip level={search.level} onDrop={() => onChange({ level: undefined })} />}
      <FilterChips criteria={search.criteria} builder={builder} onChange={(criteria) => onChange({ criteria })} />
      <span className="chip ms-auto max-md:ms-0">
        <span aria-hidden className="chip-name">{t('board.order')}</span>
        <Menu
          trigger={{ className: 'chip-value', label: `${t('board.order')}: ${t(`order.${sort}`)}`, children: (<>{t(`order.${sort}`)}<ChevronDown aria-hidden /></>) }}
          entries={[{ value: sort, options: SORTS.map((value) => ({ value, label: t(`order.${value}`) })), onPick: (value) => onChange({ sort: value === 'overdue' ? undefined : (value as Sort) }) }]}
        />
      </span>
    </div>
  )
}
