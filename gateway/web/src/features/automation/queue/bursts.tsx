// Bursts that wait for a person: released through the gates as they are now, some or all, or dropped.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { resultText } from '@/components/playbook/words'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { Panel } from '@/components/ui/panel'
import { When } from '@/components/ui/when'
import { listed } from '@/lib/format'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { burstsQuery, dropBurst, playbooksQuery, releaseBurst, type Burst } from '../api'
import { useShared } from '../shared'
import { sentence, useWrite } from '../use-write'

type Layer = { kind: 'release' | 'drop'; burst: Burst; name: string }

export function Bursts() {
  const { timeZone } = useShared()
  const bursts = useQuery(burstsQuery)
  const playbooks = useQuery(playbooksQuery)
  const [layer, setLayer] = useState<Layer>()
  if (!bursts.data || bursts.data.length === 0) return null
  return (
    <Panel title={t('bu.title')} sub={t('bu.sub')}>
      <ul className="small pb-1">
        {bursts.data.map((burst) => {
          const name = playbooks.data?.find((one) => one.id === burst.playbook_id)?.name ?? t('unknown')
          return (
            <li key={burst.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-hairline px-4 py-2 not-first:border-t">
              <span className="min-w-0 flex-1 basis-48">
                <bdi className="font-medium">{name}</bdi> {t('bu.accounts', { n: burst.account_ids.length })} <When at={burst.created_at} timeZone={timeZone} />
              </span>
              <Button look="outline" onClick={() => setLayer({ kind: 'release', burst, name })}>
                {t('bu.release')}
              </Button>
              <Button look="danger" onClick={() => setLayer({ kind: 'drop', burst, name })}>
                {t('bu.drop')}
              </Button>
            </li>
          )
        })}
      </ul>
      {layer && <BurstDialog {...layer} onClose={() => setLayer(undefined)} />}
    </Panel>
  )
}

function BurstDialog({ kind, burst, name, onClose }: Layer & { onClose: () => void }) {
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
