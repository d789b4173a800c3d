// How the board looks: what cards show, how tight they are, lanes, and whether the stages beside the main line are there.
import { Settings2 } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { Segmented } from '@/components/ui/segmented'
import { t } from '@/lib/i18n'
import { FIELDS, toggled, type JourneySearch, type LaneKind } from './search'

type Props = { search: JourneySearch; onChange: (part: Partial<JourneySearch>) => void }

export function Display({ search, onChange }: Props) {
  const hidden = search.hide?.split(',') ?? []
  return (
    <Popover label={t('display.title')} className="w-72 p-3! small grid gap-3" trigger={{ className: buttonClass('outline'), children: (<><Settings2 aria-hidden />{t('display.title')}</>) }}>
      {() => (
        <>
          <fieldset className="grid grid-cols-2 gap-x-2">
            <legend className="mb-1 font-medium">{t('display.fields')}</legend>
            {FIELDS.map((field) => (
              <label key={field} className="hit">
                <input type="checkbox" className="check" checked={!hidden.includes(field)} onChange={() => onChange({ hide: toggled(search.hide, field) })} />
                {t(`display.${field}`)}
              </label>
            ))}
          </fieldset>
          <div className="grid justify-items-start gap-1">
            <p className="font-medium">{t('display.lanes')}</p>
            <Segmented<LaneKind | 'none'>
              label={t('display.lanes')}
              value={search.lanes ?? 'none'}
              options={[{ value: 'none', label: t('display.noLanes') }, { value: 'csm', label: t('col.csm') }, { value: 'level', label: t('health.level') }]}
              onChange={(value) => onChange({ lanes: value === 'none' ? undefined : value })}
            />
          </div>
          <div className="grid justify-items-start">
            <label className="hit">
              <input type="checkbox" className="check" checked={search.compact === true} onChange={(event) => onChange({ compact: event.target.checked || undefined })} />
              {t('display.compact')}
            </label>
            <label className="hit">
              <input type="checkbox" className="check" checked={search.side !== false} onChange={(event) => onChange({ side: event.target.checked ? undefined : false })} />
              {t('display.side')}
            </label>
          </div>
        </>
      )}
    </Popover>
  )
}
