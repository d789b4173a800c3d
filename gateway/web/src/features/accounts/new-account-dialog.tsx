// A new account: its name, and what is known of it already.
import { useId, useRef, useState } from 'react'
import { Refusal } from '@/components/forms/refusal'
import { TextField } from '@/components/forms/text-field'
import { useSubmit } from '@/components/forms/use-submit'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { toast } from '@/lib/toasts'
import { t } from '@/lib/i18n'
import { CUSTOM } from './column-keys'
import { CustomInput, isEditable } from './custom-input'
import { createAccount, ownId } from './new-account-api'
import type { PageContext } from './use-page'

const STANDARD = ['arr', 'contract_end_date', 'industry']

export function NewAccountDialog({ page, externalId = '', onClose, onDone }: { page: PageContext; externalId?: string; onClose: () => void; onDone: (id: string) => void }) {
  const [given, setGiven] = useState({ name: '', external_id: externalId, csm_id: '', current_stage: '' })
  const [crm, setCrm] = useState<Record<string, unknown>>({})
  const [missing, setMissing] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const formId = useId()
  const { submit, refused, busy, alert, seconds } = useSubmit(async () => {
    const made = await createAccount({
      name: given.name.trim(),
      external_id: given.external_id.trim() || ownId(),
      csm_id: given.csm_id || undefined,
      current_stage: given.current_stage || undefined,
      crm_attributes: Object.fromEntries(Object.entries(crm).filter(([, value]) => value !== undefined)),
    })
    toast(t('new.done', { name: made.name }))
    onDone(made.id)
  })
  const check = () => {
    setMissing(given.name.trim() === '')
    if (given.name.trim() === '') form.current?.querySelector('input')?.focus()
    return given.name.trim() !== ''
  }
  const set = (part: Partial<typeof given>) => setGiven((now) => ({ ...now, ...part }))
  // what every new account must have
  const fields = page.fields.filter((one) => STANDARD.includes(one.field) || (one.field.startsWith(CUSTOM) && one.inLists !== null && isEditable(one)))
  return (
    <Dialog
      title={t('accounts.new')}
      onClose={onClose}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" form={formId} busy={busy}>
            {t('new.submit')}
          </Button>
        </>
      }
    >
      <form ref={form} id={formId} noValidate onSubmit={(event) => void submit(event, check)} className="grid gap-3">
        <Refusal text={refused.text} seconds={seconds} ref={alert} />
        <TextField label={t('new.name')} value={given.name} maxLength={500} error={missing ? t('new.noName') : undefined} onChange={(event) => set({ name: event.target.value })} />
        <TextField label={t('col.external')} value={given.external_id} required={false} maxLength={500} hint={t('new.idHint')} onChange={(event) => set({ external_id: event.target.value })} />
        <div className="grid gap-3 sm:grid-cols-2">
          <Choice label={t('col.csm')} value={given.csm_id} none={t('exec.noCsm')} options={page.names.people.filter((one) => one.isActive).map(({ id, name }) => ({ value: id, label: name }))} onChange={(csm_id) => set({ csm_id })} />
          <Choice label={t('col.stage')} value={given.current_stage} none={t('new.firstStage')} options={page.names.stages.filter((one) => one.isActive && !one.isEnd).map(({ name }) => ({ value: name, label: name }))} onChange={(current_stage) => set({ current_stage })} />
          {fields.map((info) => {
            const key = info.field.replace(CUSTOM, '')
            return <CustomInput key={info.field} info={info} names={page.names} label={info.field.startsWith(CUSTOM) ? info.label : t(`crit.${info.field as 'arr'}`)} onChange={(value) => setCrm((now) => ({ ...now, [key]: value }))} />
          })}
        </div>
      </form>
    </Dialog>
  )
}

type ChoiceProps = { label: string; value: string; none: string; options: { value: string; label: string }[]; onChange: (value: string) => void }

function Choice({ label, value, none, options, onChange }: ChoiceProps) {
  return (
    <label className="grid gap-1.5 font-medium">
      {label}
      <select value={value} onChange={(event) => onChange(event.target.value)} className="field-box field-lg font-normal">
        <option value="">{none}</option>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </label>
  )
}
