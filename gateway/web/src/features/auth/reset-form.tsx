// A new password, typed twice; whoever has set it is signed in with it.
import { useRef, useState } from 'react'
import type { RegisteredRouter } from '@tanstack/react-router'
import { NewPassword } from '@/components/forms/new-password'
import { Refusal } from '@/components/forms/refusal'
import { useSubmit } from '@/components/forms/use-submit'
import { Button } from '@/components/ui/button'
import { PasswordField } from '@/components/ui/password-field'
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'
import { isUsable } from '@/lib/strength'
import { toast } from '@/lib/toasts'
import { resetPassword } from './api'
import { enter } from './session'

type Props = { token: string; email: string; router: RegisteredRouter; onUnreachable: () => void; /** the link was used or replaced meanwhile */ onOver: () => void }

export function ResetForm({ token, email, router, onUnreachable, onOver }: Props) {
  const fresh = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<{ fresh?: string; again?: string }>({})
  const { submit, refused, busy, alert, seconds } = useSubmit(async () => {
    const me = await resetPassword(token, fresh.current!.value).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === 404)) throw error
    })
    if (!me) return onOver()
    await enter(router, me)
    toast(t('reset.done'))
  }, onUnreachable)

  function check() {
    const typed = fresh.current?.value ?? ''
    const found = {
      fresh: isUsable(typed) ? undefined : t('password.hint'),
      again: isUsable(typed) && again.current?.value !== typed ? t('reset.mismatch') : undefined,
    }
    setWrong(found)
    if (found.fresh) fresh.current?.focus()
    else if (found.again) again.current?.focus()
    return !found.fresh && !found.again
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event, check)} className="grid gap-4">
      <Refusal ref={alert} text={refused.text} seconds={seconds} />
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <NewPassword ref={fresh} label={t('password.new')} error={wrong.fresh} />
      <PasswordField ref={again} label={t('reset.again')} name="again" autoComplete="new-password" required error={wrong.again} />
      <Button type="submit" size="lg" busy={busy} held={seconds > 0}>
        {busy ? t('reset.busy') : t('reset.submit')}
      </Button>
    </form>
  )
}
