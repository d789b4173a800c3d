// The secret that signs deliveries: it is shown once, when it is made, and can be set, but never read.
import { useState } from 'react'
import { CopyButton } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { whenText } from '@/components/ui/when'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import type { Playbook } from '../playbook-types'
import { useShared } from '../shared'
import { sentence, useWrite } from '../use-write'
import { rotateSecret, setSecret } from './api'

const PREFIX = 'whsec_'
const endOf = (secret: string) => secret.slice(-4)

type Props = { playbook: Playbook | undefined; fault: string | undefined; onChanged: () => void }

export function Secret({ playbook, fault, onChanged }: Props) {
  const { may, timeZone } = useShared()
  const [made, setMade] = useState<string>()
  const [own, setOwn] = useState<string>()
  const [end, setEnd] = useState<string>()
  const rotate = useWrite(
    () => rotateSecret(playbook!.id),
    (secret) => {
      setMade(secret)
      setEnd(endOf(secret))
      onChanged()
    },
  )
  const set = useWrite(
    (secret: string) => setSecret(playbook!.id, secret),
    (_, secret) => {
      setEnd(endOf(secret))
      setOwn(undefined)
      toast(t('sec.set'))
      onChanged()
    },
    true,
  )
  if (!playbook) return <p className="small quiet">{t('sec.made')}</p>
  if (!may('playbook.edit')) return <p className="small quiet">{t('sec.signed')}</p>
  const changed = playbook.signing_changed_at
  return (
    <div className="small grid gap-2">
      <p className="quiet flex flex-wrap items-center gap-x-2">
        {end ? t('sec.endsIn', { end }) : t('sec.signed')}
        {changed && ` ${t('sec.changed', { when: whenText(changed, timeZone) })}`}
        <button type="button" className="link min-h-6" onClick={() => rotate.mutate(undefined)}>
          {t('sec.rotate')}
        </button>
        <button type="button" className="link min-h-6" onClick={() => setOwn(own === undefined ? '' : undefined)}>
          {t('sec.own')}
        </button>
      </p>
      {made && (
        <Note role="status">
          <p>{t('sec.once')}</p>
          <p className="code mt-1 whitespace-normal! wrap-anywhere">{made}</p>
          <span className="mt-1 flex gap-1">
            <CopyButton text={made} label={t('copy')} />
            <Button look="ghost" onClick={() => setMade(undefined)}>
              {t('sec.hide')}
            </Button>
          </span>
        </Note>
      )}
      {own !== undefined && (
        <form
          className="flex flex-wrap items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            if (own.trim() !== '') set.mutate(own.trim())
          }}
        >
          <input type="password" autoComplete="off" aria-label={t('sec.own')} placeholder={`${PREFIX}…`} aria-invalid={set.isError || undefined} value={own} onChange={(event) => setOwn(event.target.value)} className="field-box w-64!" />
          <Button type="submit" look="outline" busy={set.isPending}>
            {t('sec.save')}
          </Button>
        </form>
      )}
      {(set.error || fault) && (
        <p role="alert" className="bad">
          {set.error ? sentence(set.error) : fault}
        </p>
      )}
    </div>
  )
}
