// What a column of the file becomes: a field of accounts, one of the organization, a new one, or nothing.
import { t } from '@/lib/i18n'
import type { FieldInfo } from '@/components/criteria-builder/field-types'
import { CRM, newKey, OWN, PREFIX } from './mapping'

type SelectProps = { head: string; value: string; own: FieldInfo[]; onChange: (target: string) => void }

export function TargetSelect({ head, value, own, onChange }: SelectProps) {
  const fresh = PREFIX + newKey(head)
  const isKnown = own.some(({ field }) => field === fresh) || CRM.some((key) => PREFIX + key === fresh)
  return (
    <select aria-label={t('load.target', { column: head })} value={value} onChange={(event) => onChange(event.target.value)} className="field-box">
      <option value="">{t('load.skip')}</option>
      <optgroup label={t('nav.accounts')}>
        {OWN.map((one) => (
          <option key={one} value={one}>
            {t(`loadTo.${one}`)}
          </option>
        ))}
        {CRM.map((one) => (
          <option key={one} value={PREFIX + one}>
            {t(`crit.${one}`)}
          </option>
        ))}
      </optgroup>
      {own.length > 0 && (
        <optgroup label={t('crit.groupOwn')}>
          {own.map(({ field, label }) => (
            <option key={field} value={field}>
              {label}
            </option>
          ))}
        </optgroup>
      )}
      {!isKnown && <option value={fresh}>{t('load.new', { key: newKey(head) })}</option>}
    </select>
  )
}
