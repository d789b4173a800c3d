// What is set on all of them: a person, a stage, a status, the value of a field; or the playbook that runs for them.
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { CustomInput, isEditable } from '../custom-input'
import { CUSTOM } from '../column-keys'
import { STATUSES } from '@/lib/account-filter'
import { t } from '@/lib/i18n'
import { playbooksQuery } from '@/components/playbook/playbook-api'
import type { PageContext } from '../use-page'
import type { Change } from './run'

type Props = { kind: Change['kind']; page: PageContext; held: boolean; onChange: (change: Change | undefined) => void }

const CLEAR = 'clear'

export function ChangeForm({ kind, page, held, onChange }: Props) {
  if (kind === 'playbook') return <PlaybookForm held={held} onChange={onChange} />
  if (kind === 'field') return <FieldForm page={page} held={held} onChange={onChange} />
  const options =
    kind === 'csm'
      ? [...page.names.people.filter((one) => one.isActive).map(({ id, name }) => ({ value: id, label: name })), { value: CLEAR, label: t('exec.noCsm') }]
      : kind === 'stage'
        ? page.names.stages.filter((one) => one.isActive).map(({ name }) => ({ value: name, label: name }))
        : STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))
  const pick = (value: string) => {
    if (value === '') onChange(undefined)
    else if (kind === 'csm') onChange({ kind, patch: { csm_id: value === CLEAR ? null : value } })
    else if (kind === 'stage') onChange({ kind, patch: { current_stage: value } })
    else onChange({ kind: 'status', patch: { status: value as (typeof STATUSES)[number] } })
  }
  return (
    <label className="grid gap-1.5 font-medium">
      {t(kind === 'csm' ? 'col.csm' : kind === 'stage' ? 'col.stage' : 'col.status')}
      <select defaultValue="" disabled={held} onChange={(event) => pick(event.target.value)} className="field-box field-lg font-normal">
        <option value="">{t('crit.choose')}</option>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

const STANDARD = ['industry', 'arr', 'contract_end_date']

function FieldForm({ page, held, onChange }: Omit<Props, 'kind'>) {
  const [name, setName] = useState('')
  const fields = page.fields.filter((one) => (one.field.startsWith(CUSTOM) && one.inLists !== null && isEditable(one)) || STANDARD.includes(one.field))
  const info = fields.find((one) => one.field === name)
  const key = name.replace(CUSTOM, '')
  return (
    <>
      <label className="grid gap-1.5 font-medium">
        {t('conflict.field')}
        <select value={name} disabled={held} onChange={(event) => { setName(event.target.value); onChange(undefined) }} className="field-box field-lg font-normal">
          <option value="">{t('crit.choose')}</option>
          {fields.map((one) => (
            <option key={one.field} value={one.field}>
              {one.field.startsWith(CUSTOM) ? one.label : t(`crit.${one.field as 'arr'}`)}
            </option>
          ))}
        </select>
      </label>
      {info && <CustomInput key={info.field} info={info} names={page.names} label={t('crit.value')} clearable onChange={(value) => onChange(value === undefined ? undefined : { kind: 'field', patch: { crm_attributes: { [key]: value } } })} />}
    </>
  )
}

function PlaybookForm({ held, onChange }: Omit<Props, 'kind' | 'page'>) {
  const playbooks = useQuery(playbooksQuery)
  return (
    <Awaited query={playbooks} height={64}>
      {(all) => {
        const active = all.filter((one) => one.state === 'active')
        if (active.length === 0) return <State>{t('bulkPlaybook.none')}</State>
        return (
          <label className="grid gap-1.5 font-medium">
            {t('bulkPlaybook.choose')}
            <select defaultValue="" disabled={held} onChange={(event) => onChange(event.target.value === '' ? undefined : { kind: 'playbook', playbook: event.target.value })} className="field-box field-lg font-normal">
              <option value="">{t('crit.choose')}</option>
              {active.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )
      }}
    </Awaited>
  )
}
