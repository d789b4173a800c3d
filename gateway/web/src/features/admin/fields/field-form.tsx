// The inputs of a custom field.
import { useId } from 'react'
import { useQuery } from '@tanstack/react-query'
import { activePeopleQuery } from '@/lib/names'
import { Editor } from '@/components/edit/editor'
import { Field } from '@/components/ui/field'
import { t } from '@/lib/i18n'
import { hasOptions, keyOf, optionsOf, type Fault, type FieldDraft } from './edit-field'
import { TYPES, type FieldType } from './fields-api'

type Props = { draft: FieldDraft; isNew: boolean; faults: Fault[]; onChange: (part: Partial<FieldDraft>) => void }

export function FieldForm({ draft, isNew, faults, onChange }: Props) {
  const wrong = (fault: Fault) => (faults.includes(fault) ? t(`cf.fault.${fault}`) : undefined)
  // the key follows the label until it is typed by hand
  const setLabel = (label: string) => onChange(isNew && draft.key === keyOf(draft.label) ? { label, key: keyOf(label) } : { label })
  // what was set for another type means nothing here
  const setType = (type: FieldType) => onChange({ type, fallback: type === 'multi_choice' ? [] : '' })
  return (
    <>
      <Field label={t('cf.label')} error={wrong('label')}>
        {(described) => <input {...described} value={draft.label} maxLength={120} onChange={(event) => setLabel(event.target.value)} className="field-box" autoComplete="off" />}
      </Field>
      <div className="grid gap-3" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))' }}>
        <Field label={t('cf.key')} hint={t(isNew ? 'cf.keyHint' : 'cf.keyFixed')} error={wrong('key')}>
          {(described) => <input {...described} value={draft.key} readOnly={!isNew} maxLength={63} onChange={(event) => onChange({ key: event.target.value })} className="field-box" autoComplete="off" spellCheck={false} />}
        </Field>
        <Field label={t('cf.type')}>
          {(described) => (
            <select {...described} value={draft.type} onChange={(event) => setType(event.target.value as FieldType)} className="field-box">
              {TYPES.map((one) => (
                <option key={one} value={one}>
                  {t(`cf.type.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {hasOptions(draft.type) && (
        <Field label={t('cf.choices')} hint={t('cf.choicesHint')} error={wrong('options')}>
          {(described) => <textarea {...described} rows={4} value={draft.options} onChange={(event) => onChange({ options: event.target.value })} className="field-box" />}
        </Field>
      )}
      <Fallback draft={draft} error={wrong('fallback')} onChange={(fallback) => onChange({ fallback })} />
      <Field label={t('cf.description')}>
        {(described) => <input {...described} value={draft.description} maxLength={500} onChange={(event) => onChange({ description: event.target.value })} className="field-box" autoComplete="off" />}
      </Field>
      <div className="grid gap-1">
        {(['is_required', 'in_lists', 'in_import'] as const).map((key) => (
          <label key={key} className="hit">
            <input type="checkbox" className="check" checked={draft[key]} onChange={(event) => onChange({ [key]: event.target.checked })} />
            {t(`cf.${key}Long`)}
          </label>
        ))}
      </div>
    </>
  )
}

function Fallback({ draft: { type, options, fallback }, error, onChange }: { draft: FieldDraft; error: string | undefined; onChange: (draft: FieldDraft['fallback']) => void }) {
  const id = useId()
  const { data: people = [] } = useQuery({ ...activePeopleQuery, enabled: type === 'member' })
  const choices = type === 'member' ? people.map((one) => ({ value: one.id, label: one.name })) : optionsOf(options).map((value) => ({ value, label: value }))
  return (
    <div role={type === 'multi_choice' ? 'group' : undefined} aria-labelledby={type === 'multi_choice' ? `${id}-label` : undefined}>
      <label id={`${id}-label`} htmlFor={type === 'multi_choice' ? undefined : id} className="mb-1.5 block font-medium">
        {t('cf.fallback')}
      </label>
      <Editor id={id} type={type} draft={fallback} options={choices} invalid={error !== undefined} describedBy={error ? `${id}-wrong` : undefined} onDraft={onChange} />
      {error && (
        <p id={`${id}-wrong`} className="small bad mt-1.5">
          {error}
        </p>
      )}
    </div>
  )
}
