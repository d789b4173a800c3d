// Which role somebody gets, with what it may do.
import { Field } from '@/components/ui/field'
import { t } from '@/lib/i18n'
import { roleName, ROLES } from '@/lib/roles'

export function RoleField({ role, onChange }: { role: string; onChange: (role: string) => void }) {
  return (
    <Field label={t('inviting.role')} hint={t(`inviting.${role as 'Viewer'}`)}>
      {(described) => (
        <select {...described} value={role} onChange={(event) => onChange(event.target.value)} className="field-box">
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {roleName(one)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
