// Makes a token; it is shown this once.
import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { CopyButton, message } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { t } from '@/lib/i18n'
import { createToken } from './tokens-api'

const lifetimes = ['90', '365', ''] as const

export function TokenDialog({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const [name, setName] = useState('')
  const [days, setDays] = useState<string>(lifetimes[0])
  const [wrong, setWrong] = useState('')
  const made = useMutation({
    mutationFn: () => createToken(name.trim(), days ? new Date(Date.now() + Number(days) * 86_400_000).toISOString() : null),
    onSuccess: onMade,
  })
  function submit() {
    setWrong(name.trim() ? '' : t('tokens.nameMissing'))
    if (name.trim()) made.mutate()
  }
  const { token } = made.data ?? {}
  return (
    <Dialog
      title={t('tokens.make')}
      description={token ? t('tokens.once') : t('tokens.text')}
      onClose={onClose}
      closable={!token}
      footer={
        token ? (
          <Button onClick={onClose}>{t('tokens.kept')}</Button>
        ) : (
          <>
            <Button look="ghost" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button busy={made.isPending} onClick={submit}>
              {t('tokens.make')}
            </Button>
          </>
        )
      }
    >
      {made.error && (
        <Note tone="bad" role="alert">
          {message(made.error)}
        </Note>
      )}
      {token ? (
        <div className="flex items-center gap-2">
          <ScrollRegion className="code min-w-0 flex-1" label={t('tokens.title')}>
            {token}
          </ScrollRegion>
          <CopyButton text={token} label={t('copy')} />
        </div>
      ) : (
        <>
          <Field label={t('tokens.name')} hint={t('tokens.nameHint')} error={wrong || undefined}>
            {(described) => <input {...described} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && submit()} className="field-box" autoComplete="off" />}
          </Field>
          <Field label={t('tokens.lifetime')}>
            {(described) => (
              <select {...described} value={days} onChange={(event) => setDays(event.target.value)} className="field-box">
                {lifetimes.map((one) => (
                  <option key={one} value={one}>
                    {one ? t('tokens.days', { n: Number(one) }) : t('tokens.open')}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </>
      )}
    </Dialog>
  )
}
