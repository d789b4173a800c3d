// What of the record is shown: by whom, of what, which kind of change, and when.
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { OBJECTS, objectName } from './words'

const ACTIONS = ['insert', 'update', 'delete'] as const

export function AuditFilterBar({ people }: { people: Map<string, string> | undefined }) {
  const { search, onChange } = useShown()
  const { who, object, action, from, to } = search
  const select = (label: string, value: string | undefined, options: { value: string; label: string }[], set: (value: string | undefined) => void) => (
    <label className="small grid gap-1">
      <span className="quiet">{label}</span>
      <select value={value ?? ''} onChange={(event) => set(event.target.value || undefined)} className="field-box">
        <option value="">{t('au.all')}</option>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </label>
  )
  const day = (label: string, value: string | undefined, set: (value: string | undefined) => void) => (
    <label className="small grid gap-1">
      <span className="quiet">{label}</span>
      <input type="date" value={value ?? ''} onChange={(event) => set(event.target.value || undefined)} className="field-box" />
    </label>
  )
  const any = [who, object, action, from, to].some((one) => one !== undefined)
  return (
    <div role="group" aria-label={t('au.filter')} className="grid items-end gap-2" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(132px, 1fr))' }}>
      {select(t('au.who'), who, [...(people ?? [])].map(([value, label]) => ({ value, label })), (value) => onChange({ who: value }))}
      {select(t('au.object'), object, OBJECTS.map((value) => ({ value, label: objectName(value) })), (value) => onChange({ object: value }))}
      {select(t('au.action'), action, ACTIONS.map((value) => ({ value, label: t(`au.${value}`) })), (value) => onChange({ action: ACTIONS.find((one) => one === value) }))}
      {day(t('range.from'), from, (value) => onChange({ from: value }))}
      {day(t('range.to'), to, (value) => onChange({ to: value }))}
      {any && (
        <Button look="ghost" className="justify-self-start" onClick={() => onChange({ who: undefined, object: undefined, action: undefined, from: undefined, to: undefined })}>
          {t('au.clear')}
        </Button>
      )}
    </div>
  )
}
