// The inputs of the tenant's settings.
import { Field } from '@/components/ui/field'
import { Switch } from '@/components/ui/switch'
import { currencySign } from '@/lib/format'
import { locale, t } from '@/lib/i18n'
import { useShown } from '../shown'
import type { TenantSettings } from './settings-api'

type Props = { value: TenantSettings; onChange: (part: Partial<TenantSettings>) => void }

/** What the browser knows, and what is set already. */
const known = (kind: 'currency' | 'timeZone', set: string) => [...new Set([...Intl.supportedValuesOf(kind), ...(kind === 'timeZone' ? ['UTC'] : []), set])].toSorted()

export function SettingsForm({ value, onChange }: Props) {
  const { me } = useShown()
  const currencies = new Intl.DisplayNames(locale(), { type: 'currency' })
  return (
    <div className="grid max-w-130 gap-4">
      <Field label={t('set.name')} error={value.name.trim() ? undefined : t('set.nameMissing')}>
        {(described) => <input {...described} value={value.name} maxLength={200} onChange={(event) => onChange({ name: event.target.value })} className="field-box" autoComplete="off" />}
      </Field>
      <dl className="facts">
        <dt>{t('set.slug')}</dt>
        <dd>
          <code>{me.tenant?.slug}</code> <span className="quiet">{t('set.slugHint')}</span>
        </dd>
      </dl>
      <Field label={t('set.currency')} hint={t('set.currencyHint')}>
        {(described) => (
          <select {...described} value={value.currency} onChange={(event) => onChange({ currency: event.target.value })} className="field-box">
            {known('currency', value.currency).map((one) => (
              <option key={one} value={one}>
                {one}, {currencies.of(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('set.zone')} hint={t('set.zoneHint')}>
        {(described) => (
          <select {...described} value={value.time_zone} onChange={(event) => onChange({ time_zone: event.target.value })} className="field-box">
            {known('timeZone', value.time_zone).map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('set.highOf', { sign: currencySign(value.currency) })} hint={t('set.highHint')}>
        {(described) => <input {...described} type="number" min={0} step={1_000} inputMode="decimal" value={Number.isFinite(value.high_value_arr) ? value.high_value_arr : ''} onChange={(event) => onChange({ high_value_arr: event.target.valueAsNumber })} className="field-box num" />}
      </Field>
      <div>
        <label className="hit">
          <Switch checked={value.parent_arr_includes_children} onChange={(on) => onChange({ parent_arr_includes_children: on })} />
          {t('set.parent')}
        </label>
        <p className="small quiet mt-1">{t('set.parentHint')}</p>
      </div>
    </div>
  )
}
