// A change of many accounts: what to set, what would happen (nothing is written), the change, and what was refused as a file.
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { Criteria } from '@/lib/criteria'
import { t } from '@/lib/i18n'
import type { Account } from '../api'
import type { PageContext } from '../use-page'
import { BulkResult } from './bulk-result'
import { ChangeForm } from './change-form'
import { hasWayBack, type Change } from './run'
import { useBulk } from './use-bulk'

const SURE_FROM = 100

type Props = {
  kind: Change['kind']
  n: number
  /** undefined: all that match */
  ids?: string[]
  rows: Account[]
  criteria: () => Promise<Criteria | undefined>
  page: PageContext
  onClose: () => void
  /** what was selected has been changed */
  onDone: () => void
}

export function BulkDialog({ kind, n, ids, rows, criteria, page, onClose, onDone }: Props) {
  // the selection ends with the change, and its number stays what it was
  const [size] = useState(n)
  const [change, setChange] = useState<Change>()
  const [typed, setTyped] = useState('')
  const { step, go, close, undo, stop, again } = useBulk({
    ids, rows, criteria,
    onDone: (written) => {
      if (written) onDone()
      onClose()
    },
  })
  const working = step.at === 'trying' || step.at === 'writing'
  const sure = size <= SURE_FROM || typed.trim() === String(size)
  const leave = () => close(step.at === 'written' ? step.outcome : undefined, kind)
  const pick = (next: Change | undefined) => {
    setChange(next)
    if (step.at !== 'choose') again()
  }
  return (
    <Dialog
      title={t(`bulkTitle.${kind}`, { n: size })}
      closable={step.at !== 'writing'}
      onClose={leave}
      footer={
        <>
          {step.at === 'written' && hasWayBack(kind) && step.outcome.changed > 0 && (
            <Button look="outline" onClick={undo}>
              {t('undo')}
            </Button>
          )}
          {step.at !== 'written' && (
            <Button look="ghost" onClick={step.at === 'writing' ? stop : leave}>
              {t(step.at === 'writing' ? 'bulk.stop' : 'cancel')}
            </Button>
          )}
          {step.at === 'written' ? (
            <Button onClick={leave}>{t('done')}</Button>
          ) : step.at === 'tried' ? (
            <Button held={!sure || step.outcome.changed === 0} onClick={() => change && void go(change, false)}>
              {t(kind === 'playbook' ? 'bulkPlaybook.apply' : 'bulk.apply', { n: step.outcome.changed })}
            </Button>
          ) : (
            <Button busy={working} held={!change} onClick={() => change && void go(change, true)}>
              {t(kind === 'playbook' ? 'bulkPlaybook.try' : 'bulk.try')}
            </Button>
          )}
        </>
      }
    >
      {step.at !== 'written' && <ChangeForm kind={kind} page={page} held={working} onChange={pick} />}
      <BulkResult step={step} kind={kind} />
      {step.at === 'tried' && size > SURE_FROM && step.outcome.changed > 0 && (
        <label className="grid gap-1.5">
          {t('bulk.sure', { n: size })}
          <input inputMode="numeric" value={typed} onChange={(event) => setTyped(event.target.value)} className="field-box w-40!" />
        </label>
      )}
    </Dialog>
  )
}
