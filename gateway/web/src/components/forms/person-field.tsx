// One of these people, or nobody yet.
import { Field } from '@/components/ui/field'
import { t } from '@/lib/i18n'

type Props = { label: string; people: { user_id: string; full_name: string }[]; value: string; onChange: (user_id: string) => void; error?: string }

export function PersonField({ label, people, value, onChange, error }: Props) {
  return (
    <Field label={label} error={error}>
      {(described) => (
        <select {...described} value={value} onChange={(event) => onChange(event.target.value)} className="field-box">
          <option value="">{t('choose')}</option>
          {people.map((one) => (
            <option key={one.user_id} value={one.user_id}>
              {one.full_name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
