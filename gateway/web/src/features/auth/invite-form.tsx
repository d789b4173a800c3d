// Accepts an invitation: a new person gives name and password, one who is signed in only agrees.
import { useRef, useState } from 'react'
import type { RegisteredRouter } from '@tanstack/react-router'
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { acceptInvitation } from './api'
import { NewPassword } from '@/components/forms/new-password'
import { Refusal } from '@/components/forms/refusal'
import { enter } from './session'
import { isUsable } from '@/lib/strength'
import { TextField } from '@/components/forms/text-field'
import { useSubmit } from '@/components/forms/use-submit'

type Props = { token: string; isNew: boolean; name: string; router: RegisteredRouter; onUnreachable: () => void }

export function InviteForm({ token, isNew, name, router, onUnreachable }: Props) {
  const [full, setFull] = useState(name)
  const password = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<{ name?: string; password?: string }>({})
  const { submit, refused, busy, alert, seconds } = useSubmit(async () => {
    const given = { full_name: full.trim(), ...(isNew ? { password: password.current!.value } : {}) }
    return enter(router, await acceptInvitation(token, given))
  }, onUnreachable)

  function check() {
    const found = {
      name: full.trim() ? undefined : t('signup.personMissing'),
      password: !isNew || isUsable(password.current?.value ?? '') ? undefined : t('password.hint'),
    }
    setWrong(found)
    return !found.name && !found.password
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event, check)} className="grid gap-4">
      <Refusal ref={alert} text={refused.text} seconds={seconds} />
      <TextField label={t('signup.person')} name="full_name" autoComplete="name" value={full} onChange={(event) => setFull(event.target.value)} error={wrong.name} />
      {isNew && <NewPassword ref={password} label={t('login.password')} error={wrong.password} />}
      <Button type="submit" size="lg" busy={busy} held={seconds > 0}>
        {busy ? t('invite.busy') : t('invite.accept')}
      </Button>
    </form>
  )
}
