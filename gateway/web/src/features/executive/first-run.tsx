// Instead of zeros: what brings this page to life, step by step, and what will be here then.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Upload } from 'lucide-react'
import { PageTitle } from '@/components/page-title'
import { State } from '@/components/states'
import { Button, buttonClass } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { InviteDialog } from '@/components/inviting/invite-dialog'
import { setupStore } from './setup-done'
import { SetupStep } from './setup-step'
import { StagesDialog } from './stages-dialog'
import { teamSizeQuery } from './setup-api'
import { SendUsage, WhatWillBe } from './setup-side'

type Props = { me: { full_name: string; permissions: string[]; tenant: { name: string } | null } }

export function FirstRun({ me }: Props) {
  const [open, setOpen] = useState<'invite' | 'stages'>()
  const may = (right: string) => me.permissions.includes(right)
  const team = useQuery({ ...teamSizeQuery, enabled: may('people.edit') })
  const checked = setupStore.use().stages
  const invited = (team.data ?? 1) > 1
  const close = () => setOpen(undefined)
  const steps = [
    { key: 'stages', done: checked, button: <Button look={checked ? 'ghost' : 'outline'} onClick={() => setOpen('stages')}>{t('setup.stagesAction')}</Button> },
    { key: 'accounts', done: false, main: true, button: <Link to="/dashboard/accounts" search={{ open: 'import' }} className={buttonClass()}><Upload aria-hidden />{t('setup.accountsAction')}</Link> },
    { key: 'usage', done: false, button: <a href="#send-usage" className="btn btn-outline">{t('setup.usageAction')}</a> },
    { key: 'team', done: invited, button: may('people.edit') && <Button look={invited ? 'ghost' : 'outline'} onClick={() => setOpen('invite')}>{t('setup.teamAction')}</Button> },
  ] as const
  const done = steps.filter((step) => step.done).length
  const first = me.full_name.trim().split(/\s+/)[0] ?? ''
  return (
    <>
      <PageTitle title={t('setup.welcome', { name: first })} owner={me.tenant?.name} className="mb-3" />
      <p className="mb-5 max-w-[62ch] text-base leading-6">{t('setup.lead')}</p>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 min-[1100px]:grid-cols-[minmax(0,1fr)_392px]">
        {may('account.edit') ? (
          <Panel title={t('setup.title')} sub={t('setup.progress', { done, all: steps.length })} className="overflow-hidden">
            <div role="progressbar" aria-label={t('setup.title')} aria-valuenow={done} aria-valuemin={0} aria-valuemax={steps.length} className="mx-4 h-1 overflow-hidden rounded-xs bg-track">
              <div className="h-full bg-primary" style={{ width: `${(done / steps.length) * 100}%` }} />
            </div>
            <ol className="mt-2">
              {steps.map((step, i) => (
                <SetupStep key={step.key} number={i + 1} title={t(`setup.${step.key}`)} text={t(`setup.${step.key}Text`)} done={step.done} now={'main' in step} action={step.button} />
              ))}
            </ol>
          </Panel>
        ) : (
          <Panel title={t('accounts.emptyTitle')}>
            <State>{t('setup.notYours')}</State>
          </Panel>
        )}
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {may('usage.record') && <SendUsage />}
          <WhatWillBe />
        </div>
      </div>
      {open === 'invite' && <InviteDialog onClose={close} onDone={() => void team.refetch()} />}
      {open === 'stages' && <StagesDialog onClose={close} />}
    </>
  )
}
