// A new password, with its strength in words while it is typed.
import { useState, type Ref } from 'react'
import { PasswordField } from '@/components/ui/password-field'
import { t } from '@/lib/i18n'
import { isUsable, strength } from '@/lib/strength'

const tone = { short: 'quiet', weak: 'warn', fair: 'quiet', strong: 'good', long: 'bad' }

export function NewPassword({ ref, label, error, name = 'password' }: { ref: Ref<HTMLInputElement>; label: string; error?: string; name?: string }) {
  const [typed, setTyped] = useState('')
  const now = strength(typed)
  return (
    <PasswordField
      ref={ref}
      label={label}
      name={name}
      autoComplete="new-password"
      required
      error={error && !isUsable(typed) ? (typed ? t(`password.${now}`) : error) : undefined}
      onChange={(event) => setTyped(event.target.value)}
      hint={<span className={typed ? tone[now] : undefined}>{typed ? t(`password.${now}`) : t('password.hint')}</span>}
    />
  )
}
