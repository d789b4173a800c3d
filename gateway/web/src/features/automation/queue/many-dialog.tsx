// All that match, sent again or ended: the dialog names how many; more than a hundred must be typed.
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { RetryMode } from '@/components/playbook/playbook-api'
import { Dialog } from '@/components/ui/dialog'
import { Note } from '@/components/ui/note'
import { Segmented } from '@/components/ui/segmented'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import type { AutomationSearch } from '../search'
import { sentence, useWrite } from '../use-write'
import { cancelAll, retryAll, type Chosen } from './api'
import type { Many } from './many'

const SURE_FROM = 100

export function ManyDialog({ many: { kind, n }, search, onClose }: { many: Many; search: AutomationSearch; onClose: () => void }) {
  const [mode, setMode] = useState<RetryMode>('as_sent')
  const [typed, setTyped] = useState('')
  const isRetry = kind === 'retry'
  const criteria: Chosen = { status: isRetry ? 'failed' : 'pending', ...(search.playbook && { playbook_id: search.playbook }), ...(search.account && { account_id: search.account }) }
  const retry = useWrite(
    () => retryAll(criteria, mode),
    ({ retried, left, of_idle_playbooks }) => {
      toast([t('qu.retried', { n: retried }), left > 0 && t('qu.left', { n: left }), of_idle_playbooks > 0 && t('qu.idle', { n: of_idle_playbooks })].filter(Boolean).join(', '))
      onClose()
    },
    true,
  )
  const cancel = useWrite(
    () => cancelAll(criteria),
    ({ cancelled }) => {
      toast(t('qu.cancelled', { n: cancelled }))
      onClose()
    },
    true,
  )
  const error = retry.error ?? cancel.error
  const isSure = n <= SURE_FROM || typed.trim() === String(n)
  return (
    <Dialog
      title={t(isRetry ? 'qu.retryTitle' : 'qu.cancelTitle', { n })}
      description={t(isRetry ? 'qu.retryText' : 'qu.cancelText')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look={isRetry ? 'primary' : 'danger'} held={!isSure} busy={retry.isPending || cancel.isPending} onClick={() => (isRetry ? retry : cancel).mutate(undefined)}>
            {t(isRetry ? 'qu.retryGo' : 'qu.cancelGo', { n })}
          </Button>
        </>
      }
    >
      {error && (
        <Note tone="bad" role="alert">
          {sentence(error)}
        </Note>
      )}
      {isRetry && <Segmented label={t('qu.mode')} value={mode} options={[{ value: 'as_sent', label: t('qu.modeSent') }, { value: 'rebuilt', label: t('qu.modeRebuilt') }]} onChange={setMode} />}
      {n > SURE_FROM && (
        <label className="grid gap-1.5">
          {t('qu.sure', { n })}
          <input inputMode="numeric" value={typed} onChange={(event) => setTyped(event.target.value)} className="field-box w-40!" />
        </label>
      )}
    </Dialog>
  )
}
