// Why a playbook ran for this account or did not: pick one, see its way.
import { useId } from 'react'
import { useQuery } from '@tanstack/react-query'
import { playbooksQuery } from '@/components/playbook/playbook-api'
import { WhySteps } from '@/components/playbook/why-steps'
import { State } from '@/components/states'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'

export function WhyNot() {
  const { id, search, onChange } = useShown()
  const field = useId()
  const playbooks = useQuery(playbooksQuery)
  return (
    <Panel id="why-not" title={t('why.title')}>
      <div className="px-4 pb-3">
        <label htmlFor={field} className="small mb-1.5 block font-medium">
          {t('why.playbook')}
        </label>
        <select id={field} value={search.playbook ?? ''} onChange={(event) => onChange({ playbook: event.target.value || undefined })} className="field-box">
          <option value="">{t('why.choose')}</option>
          {(playbooks.data ?? []).map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      {search.playbook ? <WhySteps account={id} playbook={search.playbook} /> : <State>{t('auto.whyText')}</State>}
    </Panel>
  )
}
