// A burst is released, all of it or the first ones, or dropped.
import { useState } from 'react'
import { resultText } from '@/components/playbook/words'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { listed } from '@/lib/format'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { dropBurst, releaseBurst, type Burst } from '../api'
import { sentence, useWrite } from '../use-write'

export type BurstChange = { kind: 'release' | 'drop'; burst: Burst; name: string }

export function BurstDialog({ kind, burst, name, onClose }: BurstChange & { onClose: () => void }) {
  const n = burst.account_ids.length
  const [most, setMost] = useState(String(n))
  const wanted = Math.min(n, Math.max(1, Math.trunc(Number(most)) || 1))
  const release = useWrite(
    () => releaseBurst(burst.id, wanted === n ? null : wanted),
    ({ released, results }) => {
      toast(t('bu.released', { n: released, what: listed(Object.entries(results).map(([result, times]) => `${resultText(result)} ${times}`)) }))
      onClose()
    },
    true,
  )
  const drop = useWrite(
    () => dropBurst(burst.id),
    (dropped) => {
      toast(t('bu.dropped', { n: dropped }))
      onClose()
    },
    true,
  )
  const isRelease = kind === 'release'
  const error = release.error ?? drop.error
  return (
    <Dialog
      title={t(isRelease ? 'bu.releaseTitle' : 'bu.dropTitle', { name, n })}
      description={t(isRelease ? 'bu.releaseText' : 'bu.dropText')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look={isRelease ? 'primary' : 'danger'} busy={release.isPending || drop.isPending} onClick={() => (isRelease ? release : drop).mutate(undefined)}>
            {isRelease ? t('bu.releaseGo', { n: wanted }) : t('bu.dropGo', { n })}
          </Button>
        </>
      }
    >
      {error && (
        <Note tone="bad" role="alert">
          {sentence(error)}
        </Note>
      )}
      {isRelease && (
        <label className="grid gap-1.5 font-medium">
          {t('bu.howMany', { n })}
          <input type="number" min={1} max={n} value={most} onChange={(event) => setMost(event.target.value)} className="field-box w-32!" />
        </label>
      )}
    </Dialog>
  )
}
