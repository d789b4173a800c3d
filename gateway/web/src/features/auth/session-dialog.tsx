// A session that ended while working: the password again, in front of the page as it was. What was read is read again then;
// what was written is not repeated.
import { useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { PasswordField } from '@/components/ui/password-field'
import { t } from '@/lib/i18n'
import { chooseTenant, meQuery, signIn, type Me } from './api'
import { Refusal } from '@/components/forms/refusal'
import { endedSession } from './session'
import { useSubmit } from '@/components/forms/use-submit'

export function SessionDialog({ me }: { me: Me }) {
  const router = useRouter()
  const client = useQueryClient()
  const password = useRef<HTMLInputElement>(null)
  const [missing, setMissing] = useState('')
  const { submit, refused, busy, alert, seconds } = useSubmit(async () => {
    const back = await signIn(me.email, password.current!.value)
    // the page belongs to the tenant it was opened in
    const same = me.tenant && back.tenant?.id !== me.tenant.id ? await chooseTenant(me.tenant.id) : back
    client.setQueryData(meQuery.queryKey, same)
    endedSession.set(null)
    await client.invalidateQueries()
  })

  function check() {
    const given = password.current?.value !== ''
    setMissing(given ? '' : t('login.passwordMissing'))
    if (!given) password.current?.focus()
    return given
  }

  async function leave() {
    endedSession.set(null)
    await router.navigate({ to: '/login', search: { next: router.state.location.href, reason: 'ended' } })
    client.clear()
  }

  return (
    <Dialog title={t('session.title')} description={t('session.text', { email: me.email })} closable={false}>
      <form noValidate onSubmit={(event) => void submit(event, check)} className="grid gap-4 pt-1">
        <Refusal ref={alert} text={refused.text} seconds={seconds} />
        <input type="hidden" name="email" autoComplete="username" value={me.email} readOnly />
        <PasswordField ref={password} label={t('login.password')} name="password" autoComplete="current-password" required error={missing || undefined} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button look="ghost" onClick={() => void leave()}>
            {t('session.other')}
          </Button>
          <Button type="submit" busy={busy} held={seconds > 0}>
            {busy ? t('login.busy') : t('session.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
