// Which accounts the board covers, and in which order they stand; all of it is in the address.
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, X } from 'lucide-react'
import { facetsQuery, fieldsQuery } from '@/components/account-filter/fields-api'
import { FilterChips } from '@/components/account-filter/filter-chips'
import { FilterInput } from '@/components/account-filter/filter-input'
import { builderContext } from '@/components/criteria-builder/context'
import type { FieldInfo } from '@/components/criteria-builder/field-types'
import { LevelShape } from '@/components/health'
import { Menu } from '@/components/ui/menu'
import { Segmented } from '@/components/ui/segmented'
import { t } from '@/lib/i18n'
import { bandOf } from '@/lib/levels'
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
      {search.level && (
        <span className="chip">
          <span className="chip-name">{t('health.level')}</span>
          <span>
            <LevelShape band={bandOf[search.level]} />
            {t(`health.${bandOf[search.level]}`)}
          </span>
          <button type="button" className="chip-x" onClick={() => onChange({ level: undefined })} aria-label={t('exec.drop', { name: t('health.level') })}>
            <X aria-hidden />
          </button>
        </span>
      )}
      <FilterChips criteria={search.criteria} builder={builder} onChange={(criteria) => onChange({ criteria })} />
      <span className="chip ms-auto max-md:ms-0">
        <span aria-hidden className="chip-name">{t('board.order')}</span>
        <Menu
          trigger={{ className: 'chip-value', label: `${t('board.order')}: ${t(`board.sort.${sort}`)}`, children: (<>{t(`board.sort.${sort}`)}<ChevronDown aria-hidden /></>) }}
          entries={[{ value: sort, options: SORTS.map((value) => ({ value, label: t(`board.sort.${value}`) })), onPick: (value) => onChange({ sort: value === 'overdue' ? undefined : (value as Sort) }) }]}
        />
      </span>
    </div>
  )
}
