// The sign-in form: one message for a refusal, a countdown for too many attempts, never two requests at once.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { PasswordField } from '@/components/ui/password-field'
import { t } from '@/lib/i18n'
import { Refusal } from '@/components/forms/refusal'
import { useSubmit } from '@/components/forms/use-submit'

type Props = {
  signIn: (email: string, password: string) => Promise<void>
  onUnreachable: () => void
  /** e-mail and password of the sample data, filled in by the hint */
  sample?: { email: string; password: string }
  describedBy?: string
  /** the way for those who forgot their password */
  forgotten?: ReactNode
}
type Missing = { email?: string; password?: string }

export function LoginForm({ signIn, onUnreachable, sample, describedBy, forgotten }: Props) {
  const email = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const [missing, setMissing] = useState<Missing>({})
  const given = () => ({ email: email.current?.value.trim() ?? '', password: password.current?.value ?? '' })
  const { submit, refused, busy, alert, seconds } = useSubmit(() => signIn(given().email, given().password), onUnreachable)

  useEffect(() => email.current?.focus(), [])
  useEffect(() => {
    if (!sample || !email.current || !password.current) return
    email.current.value = sample.email
    password.current.value = sample.password
    setMissing({})
    password.current.focus()
  }, [sample])
  useEffect(() => {
    if (!refused.text) return
    password.current?.select()
    alert.current?.focus()
  }, [refused, alert])

  function check() {
    const now = given()
    setMissing({ email: now.email ? undefined : t('login.emailMissing'), password: now.password ? undefined : t('login.passwordMissing') })
    if (!now.email) email.current?.focus()
    else if (!now.password) password.current?.focus()
    return now.email !== '' && now.password !== ''
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event, check)} aria-describedby={describedBy} className="grid gap-4">
      <Refusal ref={alert} text={refused.text} seconds={seconds} />
      <Field label={t('login.email')} error={missing.email}>
        {(described) => (
          <input ref={email} {...described} type="email" name="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required className="field-box field-lg" />
        )}
      </Field>
      <PasswordField ref={password} label={t('login.password')} name="password" autoComplete="current-password" required error={missing.password} end={forgotten} />
      <Button type="submit" size="lg" busy={busy} held={seconds > 0}>
        {busy ? t('login.busy') : t('login.submit')}
      </Button>
    </form>
  )
}
