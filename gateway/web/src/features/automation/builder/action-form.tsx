// What one action needs: an address, a text, recipients, a task, a stage. What the server refuses is said at its field.
import { Field } from '@/components/ui/field'
import { t } from '@/lib/i18n'
import type { Action } from '../playbook-types'
import { useShared } from '../shared'

const SLACK = 'https://hooks.slack.com/services/…'
/** what a text can be filled with, for example */
const GAPS = '{{account_name}}, {{health_score}}, {{stage}}'

type Props = { action: Action; faultAt: (key: string) => string | undefined; onChange: (part: Record<string, unknown>) => void }

export function ActionForm({ action, faultAt, onChange }: Props) {
  const { names } = useShared()
  const text = (key: string) => String(action[key] ?? '')
  if (action.kind === 'webhook' || action.kind === 'slack') {
    return (
      <>
        <Field label={t(action.kind === 'slack' ? 'mk.slackUrl' : 'mk.url')} hint={t('mk.urlHint')} error={faultAt('url')}>
          {(described) => <input type="url" spellCheck={false} placeholder={action.kind === 'slack' ? SLACK : undefined} {...described} value={text('url')} onChange={(event) => onChange({ url: event.target.value.trim() })} className="field-box" />}
        </Field>
        {action.kind === 'slack' && <Text label={t('mk.message')} hint={t('mk.gaps', { gaps: GAPS })} value={text('text')} error={faultAt('text')} onChange={(value) => onChange({ text: value })} />}
      </>
    )
  }
  if (action.kind === 'email') {
    const to = Array.isArray(action.to) ? action.to.map(String) : []
    return (
      <>
        <Recipients to={to} error={faultAt('to')} onChange={(next) => onChange({ to: next })} />
        <Field label={t('mk.subject')} error={faultAt('subject')}>
          {(described) => <input type="text" maxLength={300} {...described} value={text('subject')} onChange={(event) => onChange({ subject: event.target.value })} className="field-box" />}
        </Field>
        <Text label={t('mk.body')} hint={t('mk.gaps', { gaps: GAPS })} value={text('body')} error={faultAt('body')} onChange={(value) => onChange({ body: value })} />
      </>
    )
  }
  if (action.kind === 'stage') {
    return (
      <Field label={t('col.stage')} error={faultAt('stage')}>
        {(described) => (
          <select {...described} value={text('stage')} onChange={(event) => onChange({ stage: event.target.value })} className="field-box">
            <option value="">{t('crit.choose')}</option>
            {names.stages.filter((one) => one.isActive || one.id === action.stage).map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        )}
      </Field>
    )
  }
  return (
    <>
      <Field label={t('mk.task')} hint={t('mk.gaps', { gaps: GAPS })} error={faultAt('title')}>
        {(described) => <input type="text" {...described} value={text('title')} onChange={(event) => onChange({ title: event.target.value })} className="field-box" />}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <label className="flex items-center gap-2">
          {t('mk.due')}
          <input type="number" min={0} max={365} value={text('due_in_days')} onChange={(event) => onChange({ due_in_days: Number(event.target.value) })} className="field-box w-20!" />
          {t('unit.days')}
        </label>
        <label className="flex min-w-0 items-center gap-2">
          {t('mk.for')}
          <select value={text('assignee') || 'csm'} onChange={(event) => onChange({ assignee: event.target.value })} className="field-box w-auto!">
            <option value="csm">{t('mk.theCsm')}</option>
            {names.people.filter((one) => one.isActive || one.id === action.assignee).map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      </div>
    </>
  )
}

function Text({ label, hint, value, error, onChange }: { label: string; hint: string; value: string; error: string | undefined; onChange: (value: string) => void }) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => <textarea rows={2} {...described} value={value} onChange={(event) => onChange(event.target.value)} className="field-box" />}
    </Field>
  )
}

function Recipients({ to, error, onChange }: { to: string[]; error: string | undefined; onChange: (to: string[]) => void }) {
  const { names } = useShared()
  const known = [{ id: 'csm', name: t('mk.theCsm') }, { id: 'contact:primary', name: t('mk.primary') }, ...names.people.filter((one) => one.isActive)]
  const free = to.filter((one) => !known.some(({ id }) => id === one))
  const chosen = known.filter(({ id }) => to.includes(id)).map(({ id }) => id)
  return (
    <fieldset className="grid gap-1">
      <legend className="small mb-1 font-medium">{t('mk.to')}</legend>
      <div className="small flex max-h-32 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
        {known.map(({ id, name }) => (
          <label key={id} className="hit">
            <input type="checkbox" className="check" checked={to.includes(id)} onChange={(event) => onChange(event.target.checked ? [...to, id] : to.filter((one) => one !== id))} />
            <bdi>{name}</bdi>
          </label>
        ))}
      </div>
      <Field label={t('mk.others')} hint={t('mk.othersHint')} error={error}>
        {(described) => <input type="text" {...described} defaultValue={free.join(', ')} onBlur={(event) => onChange([...chosen, ...event.target.value.split(/[,;\s]+/).filter(Boolean)])} className="field-box" />}
      </Field>
    </fieldset>
  )
}
