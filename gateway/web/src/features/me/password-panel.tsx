// Change of one's own password; all other sessions end by it.
import { useRef, useState } from 'react'
import { NewPassword } from '@/components/forms/new-password'
import { Refusal } from '@/components/forms/refusal'
import { useSubmit } from '@/components/forms/use-submit'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { PasswordField } from '@/components/ui/password-field'
import { t } from '@/lib/i18n'
import { isUsable } from '@/lib/strength'
import { toast } from '@/lib/toasts'
import { changePassword } from './api'

export function PasswordPanel({ email }: { email: string }) {
  const old = useRef<HTMLInputElement>(null)
  const fresh = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<{ old?: string; fresh?: string }>({})
  const [round, setRound] = useState(0)
  const { submit, refused, busy, alert, seconds } = useSubmit(async () => {
    await changePassword(old.current!.value, fresh.current!.value)
    toast(t('password.changed'))
    setRound(round + 1)
  })

  function check() {
    const found = {
      old: old.current?.value ? undefined : t('password.oldMissing'),
      fresh: isUsable(fresh.current?.value ?? '') ? undefined : t('password.hint'),
    }
    setWrong(found)
    if (found.old) old.current?.focus()
    else if (found.fresh) fresh.current?.focus()
    return !found.old && !found.fresh
  }

  const isOld = refused.field === 'old_password'
  return (
    <Panel title={t('password.title')}>
      <form key={round} noValidate onSubmit={(event) => void submit(event, check)} className="pad grid gap-4">
        <Refusal ref={alert} text={isOld ? '' : refused.text} seconds={seconds} />
        <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
        <PasswordField ref={old} label={t('password.old')} name="old_password" autoComplete="current-password" required error={wrong.old ?? (isOld ? refused.text : undefined)} />
        <NewPassword ref={fresh} label={t('password.new')} name="new_password" error={wrong.fresh} />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="outline" busy={busy} held={seconds > 0}>
            {t('password.submit')}
          </Button>
          <p className="small quiet min-w-0 flex-1">{t('password.others')}</p>
        </div>
      </form>
    </Panel>
  )
}
