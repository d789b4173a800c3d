// The playbook on one account: why it did not run so far, what it would do and send now, and a real test delivery.
import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { AccountPicker } from '@/components/account-picker'
import type { NamedAccount } from '@/components/account-names-api'
import { runPlaybook } from '@/components/playbook/playbook-api'
import { Tried } from '@/components/playbook/tried'
import { WhySteps } from '@/components/playbook/why-steps'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { Panel } from '@/components/ui/panel'
import type { Criteria } from '@/lib/criteria'
import { t } from '@/lib/i18n'
import { sends, type Playbook } from '../playbook-types'
import { previewQuery } from '../preview-api'
import { useShared } from '../shared'
import { sentence } from '../use-write'
import { sendTest } from './api'
import { hasPresent } from '../events'
import { TestResult } from './test-result'
import type { BuilderState } from './use-builder'

export function TryOut({ state, when }: { state: BuilderState; when: Criteria | undefined }) {
  const { may } = useShared()
  const { draft, playbook, dirty } = state
  const mayEdit = may('playbook.edit')
  const [picked, setPicked] = useState<NamedAccount>()
  // until one is picked, the largest that matches
  const preview = useQuery({ ...previewQuery(draft.event, when), enabled: false })
  const first = hasPresent(draft.event) ? preview.data?.[0] : undefined
  const account = picked ?? (first && { id: first.account_id, name: first.account_name })
  const isOn = playbook?.state === 'active'

  /** A trial is of what is saved: a draft is saved first, what is on is tried as it is. */
  async function ready(): Promise<Playbook> {
    if (playbook && (!dirty || isOn)) return playbook
    const saved = await state.save()
    if (!saved) throw new Error(t('try.notSaved'))
    return saved
  }
  const trial = useMutation({ mutationFn: async () => runPlaybook((await ready()).id, account!.id, true) })
  const test = useMutation({ mutationFn: async () => sendTest((await ready()).id, account!.id) })
  const error = trial.error ?? test.error
  return (
    <Panel id="try" title={t('try.title')} sub={t('try.sub')} className="overflow-visible!">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pb-4">
        <AccountPicker label={t('col.name')} value={account} onPick={(one) => { setPicked(one); trial.reset(); test.reset() }} />
        <div className="flex flex-wrap items-center gap-2">
          {may('playbook.run') && (
            <Button look="outline" busy={trial.isPending} held={!account || (!mayEdit && !playbook)} onClick={() => trial.mutate()}>
              {t('try.go')}
            </Button>
          )}
          {mayEdit && sends(draft.actions) && (
            <Button look="outline" busy={test.isPending} held={!account} onClick={() => test.mutate()}>
              {t('try.send')}
            </Button>
          )}
          <span className="small quiet min-w-0 flex-1 basis-48">{t(dirty && isOn ? 'try.isSaved' : dirty ? 'try.saves' : 'try.marked')}</span>
        </div>
        {error && (
          <Note tone="bad" role="alert">
            {sentence(error)}
          </Note>
        )}
        {test.data && <TestResult ids={test.data.webhook_ids} />}
        {trial.data && <Tried outcome={trial.data} open />}
        {trial.data?.payload != null && sends(draft.actions) && <p className="small quiet">{t('try.headers')}</p>}
      </div>
      {playbook && account && (
        <section aria-label={t('why.title')} className="border-t border-hairline pt-3">
          <h3 className="title px-4 pb-2">{t('why.title')}</h3>
          <WhySteps account={account.id} playbook={playbook.id} />
        </section>
      )}
    </Panel>
  )
}
