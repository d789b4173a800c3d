// The sign-in form: one message for a refusal, a countdown for too many attempts, never two requests at once.
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { LoaderCircle } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'
import { Field, inputClass } from './field'
import { PasswordField } from './password-field'
import { Refusal, useThrottle } from './refusal'

type Props = {
  signIn: (email: string, password: string) => Promise<void>
  onUnreachable: () => void
  /** e-mail and password of the sample data, filled in by the hint */
  sample?: { email: string; password: string }
  describedBy?: string
}
type Missing = { email?: string; password?: string }

export function LoginForm({ signIn, onUnreachable, sample, describedBy }: Props) {
  const email = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const refusal = useRef<HTMLDivElement>(null)
  const [missing, setMissing] = useState<Missing>({})
  const [refused, setRefused] = useState('')
  const [busy, setBusy] = useState(false)
  const running = useRef(false)
  const throttle = useThrottle()

  useEffect(() => email.current?.focus(), [])
  useEffect(() => {
    if (!sample || !email.current || !password.current) return
    email.current.value = sample.email
    password.current.value = sample.password
    setMissing({})
    password.current.focus()
  }, [sample])
  useEffect(() => {
    if (!refused) return
    password.current?.select()
    refusal.current?.focus()
  }, [refused])

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (running.current || throttle.seconds > 0) return
    const given = { email: email.current?.value.trim() ?? '', password: password.current?.value ?? '' }
    setMissing({ email: given.email ? undefined : t('login.emailMissing'), password: given.password ? undefined : t('login.passwordMissing') })
    setRefused('')
    if (!given.email) return email.current?.focus()
    if (!given.password) return password.current?.focus()
    running.current = true
    setBusy(true)
    await signIn(given.email, given.password).catch(fail)
    running.current = false
    setBusy(false)
  }

  function fail(error: unknown) {
    if (error instanceof ApiError && error.status === 429) throttle.start(error.retryAfter || 30)
    else if (error instanceof ApiError && error.unreachable) onUnreachable()
    else setRefused(error instanceof Error ? error.message : String(error))
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)} aria-describedby={describedBy} className="space-y-4">
      <Refusal ref={refusal} text={refused} seconds={throttle.seconds} />
      <Field label={t('login.email')} error={missing.email}>
        {(described) => (
          <input ref={email} {...described} type="email" name="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required className={inputClass} />
        )}
      </Field>
      <PasswordField ref={password} name="password" autoComplete="current-password" required error={missing.password} />
      <Button type="submit" aria-busy={busy} aria-disabled={busy || throttle.seconds > 0} className="relative h-10 w-full text-[15px]">
        {busy && <LoaderCircle aria-hidden className="animate-spin" />}
        {busy ? t('login.busy') : t('login.submit')}
      </Button>
    </form>
  )
}
