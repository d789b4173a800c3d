// An input for a field of an account, by its type: what comes out is what the server keeps; undefined while there is nothing.
import { useState } from 'react'
import type { FieldInfo } from '@/components/criteria-builder/field-types'
import { valueKind, isNumeric } from '@/components/criteria-builder/field-types'
import { t } from '@/lib/i18n'
import type { AllNames } from '@/components/criteria-builder/names-api'

export const isEditable = ({ type }: FieldInfo) => type !== 'any' && type !== 'account'

type Props = { info: FieldInfo; names: AllNames; label: string; clearable?: boolean; invalid?: boolean; onChange: (value: unknown) => void }

export function CustomInput({ info, names, label, clearable, invalid, onChange }: Props) {
  const [cleared, setCleared] = useState(false)
  return (
    <div className="grid gap-1.5">
      {!cleared && <Input info={info} names={names} label={label} invalid={invalid} onChange={onChange} />}
      {clearable && (
        <label className="hit">
          <input
            type="checkbox"
            className="check"
            checked={cleared}
            onChange={(event) => {
              setCleared(event.target.checked)
              onChange(event.target.checked ? null : undefined)
            }}
          />
          {t('bulk.clearField')}
        </label>
      )}
    </div>
  )
}

function Input({ info, names, label, invalid, onChange }: Omit<Props, 'clearable'>) {
  const kind = valueKind(info)
  if (info.type === 'multi_choice') return <Several info={info} label={label} onChange={onChange} />
  const options =
    info.type === 'choice'
      ? (info.choices ?? []).map((one) => ({ value: one, label: one }))
      : info.type === 'member'
        ? names.people.filter((one) => one.isActive).map(({ id, name }) => ({ value: id, label: name }))
        : info.type === 'boolean'
          ? [{ value: 'true', label: t('yes') }, { value: 'false', label: t('no') }]
          : undefined
  if (options) {
    const read = (text: string) => (text === '' ? undefined : info.type === 'boolean' ? text === 'true' : text)
    return (
      <label className="grid gap-1.5 font-medium">
        {label}
        <select defaultValue="" aria-invalid={invalid || undefined} onChange={(event) => onChange(read(event.target.value))} className="field-box field-lg font-normal">
          <option value="">{t('crit.choose')}</option>
          {options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
      </label>
    )
  }
  const numeric = isNumeric(kind)
  const read = (text: string) => (text === '' ? undefined : numeric ? Number(text) : text)
  return (
    <label className="grid gap-1.5 font-medium">
      {label}
      <input type={numeric ? 'number' : kind === 'date' ? 'date' : info.type === 'url' ? 'url' : 'text'} step="any" aria-invalid={invalid || undefined} onChange={(event) => onChange(read(event.target.value))} className="field-box field-lg font-normal" />
    </label>
  )
}

function Several({ info, label, onChange }: Pick<Props, 'info' | 'label' | 'onChange'>) {
  const [chosen, setChosen] = useState<string[]>([])
  const toggle = (one: string) => {
    const next = chosen.includes(one) ? chosen.filter((it) => it !== one) : [...chosen, one]
    setChosen(next)
    onChange(next.length > 0 ? next : undefined)
  }
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 font-medium">{label}</legend>
      {(info.choices ?? []).map((one) => (
        <label key={one} className="hit">
          <input type="checkbox" className="check" checked={chosen.includes(one)} onChange={() => toggle(one)} />
          <bdi>{one}</bdi>
        </label>
      ))}
    </fieldset>
  )
}
