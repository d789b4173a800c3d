// The runs: filtered by playbook, account and result, with the way each took beside it; and why one did not run.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { AccountPicker } from '@/components/account-picker'
import { accountNameQuery } from '@/components/account-names-api'
import { Awaited } from '@/components/awaited'
import { WhySteps } from '@/components/playbook/why-steps'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { useMedia } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { playbooksQuery } from '../api'
import type { SectionProps } from '../search'
import { RESULTS } from '../search'
import { runsQuery } from './api'
import { RunDrawer } from './run-drawer'
import { RunCards } from './run-cards'
import { RunTable } from './run-table'

const PAGE = 100

export function Runs({ search, onChange, onGo }: SectionProps) {
  const [most, setMost] = useState(PAGE)
  const runs = useQuery(runsQuery(search, most))
  const playbooks = useQuery(playbooksQuery)
  const account = useQuery(accountNameQuery(search.account))
  const List = useMedia('(max-width: 767px)') ? RunCards : RunTable
  const filtered = search.playbook ?? search.account ?? search.result
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <select aria-label={t('why.playbook')} value={search.playbook ?? ''} onChange={(event) => onChange({ playbook: event.target.value || undefined })} className="field-box w-auto! max-w-64">
          <option value="">{t('rn.anyPlaybook')}</option>
          {(playbooks.data ?? []).map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
        <span className="grid w-64 max-md:w-full">
          <AccountPicker label={t('col.name')} value={account.data ?? undefined} onPick={(one) => onChange({ account: one.id })} />
        </span>
        <select aria-label={t('rn.result')} value={search.result ?? ''} onChange={(event) => onChange({ result: RESULTS.find((one) => one === event.target.value) })} className="field-box w-auto!">
          <option value="">{t('rn.anyResult')}</option>
          {RESULTS.map((one) => (
            <option key={one} value={one}>
              {t(`run.${one}`)}
            </option>
          ))}
        </select>
        {filtered && (
          <Button look="ghost" onClick={() => onChange({ playbook: undefined, account: undefined, result: undefined })}>
            {t('rn.clear')}
          </Button>
        )}
      </div>
      {search.playbook && search.account && (
        <Panel id="why" title={t('why.title')} sub={account.data?.name}>
          <WhySteps account={search.account} playbook={search.playbook} />
        </Panel>
      )}
      {!(search.playbook && search.account) && <p className="small quiet">{t('rn.whyHint')}</p>}
      <Awaited query={runs} height={320} what={t('rn.failed')}>
        {(rows) =>
          rows.length === 0 ? (
            <State title={t(filtered ? 'rn.noMatch' : 'rn.none')} action={filtered && <Button look="outline" onClick={() => onChange({ playbook: undefined, account: undefined, result: undefined })}>{t('rn.clear')}</Button>}>
              {!filtered && t('rn.noneText')}
            </State>
          ) : (
            <>
              <List rows={rows} open={search.open} onOpen={(open) => onChange({ open }, true)} />
              {rows.length >= most && (
                <Button look="outline" className="justify-self-start" busy={runs.isFetching} onClick={() => setMost(most + PAGE * 4)}>
                  {t('rn.more')}
                </Button>
              )}
            </>
          )
        }
      </Awaited>
      {search.open && <RunDrawer key={search.open} id={search.open} onClose={() => onChange({ open: undefined }, true)} onGo={onGo} onWhy={(playbook, one) => onChange({ playbook, account: one, open: undefined })} />}
    </>
  )
}
