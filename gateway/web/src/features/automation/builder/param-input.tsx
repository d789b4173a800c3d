// One value of an event: a number with its unit, a level, a stage, a field, what it becomes, a timetable.
import { infoOf } from '@/components/criteria-builder/condition-row'
import { useBuilder } from '@/components/criteria-builder/context'
import { fieldName } from '@/components/criteria-builder/names'
import { ValueInput } from '@/components/criteria-builder/value-input'
import { t } from '@/lib/i18n'
import type { AwaitedEvent } from '../playbook-types'
import { choiceText, type Titles } from '../sentence'
import { useShared } from '../shared'
import { COMPONENTS, LEVELS, METRICS, WATCHED, type Param } from '../events'

type Props = { param: Param; event: AwaitedEvent; milestones: Titles['milestones']; invalid: boolean; onChange: (value: unknown) => void }

const OPTIONS = { level: LEVELS, component: COMPONENTS, metric: METRICS }

export function ParamInput({ param, event, milestones, invalid, onChange }: Props) {
  const value = event[param.key]
  const name = t(`param.${param.key}` as 'param.threshold')
  const before = beforeText(event.kind, param.key)
  return (
    <span className="inline-flex max-w-full min-w-0 flex-wrap items-center gap-2">
      {before && <span aria-hidden>{before}</span>}
      {param.type === 'number' ? (
        <>
          <input type="number" min={1} max={param.most} step={1} aria-label={param.unit ? `${name} (${t(`unit.${param.unit}`)})` : name} aria-invalid={invalid || undefined} value={value === undefined ? '' : String(value)} onChange={(change) => onChange(change.target.value === '' ? undefined : Number(change.target.value))} className="field-box w-20!" />
          {param.unit && <span aria-hidden>{t(`unit.${param.unit}`)}</span>}
        </>
      ) : param.type === 'cron' ? (
        <input type="text" aria-label={name} aria-invalid={invalid || undefined} value={String(value ?? '')} onChange={(change) => onChange(change.target.value)} className="field-box w-44! font-mono" />
      ) : param.type === 'value' ? (
        event.field !== undefined && <ToValue field={String(event.field)} value={value} onChange={onChange} />
      ) : (
        <Select name={name} param={param} value={value} milestones={milestones} onChange={onChange} />
      )}
    </span>
  )
}

function beforeText(kind: string, key: string) {
  if (key === 'threshold') return t('pre.under')
  if (key === 'points' || key === 'percent') return t('pre.by')
  if (key === 'days') return t(kind === 'metric_absent' ? 'pre.for' : 'pre.within')
  return key === 'to' ? t('pre.to') : ''
}

/** What the field becomes; nothing means any change. */
function ToValue({ field, value, onChange }: { field: string; value: unknown; onChange: (value: unknown) => void }) {
  const { fields } = useBuilder()
  return (
    <span className="inline-flex w-48">
      <ValueInput info={infoOf(field, fields)} op="eq" value={value} others={undefined} onChange={onChange} />
    </span>
  )
}

type SelectProps = { name: string; param: Param; value: unknown; milestones: Titles['milestones']; onChange: (value: unknown) => void }

function Select({ name, param, value, milestones = [], onChange }: SelectProps) {
  const { builder, names } = useShared()
  const options =
    param.type === 'choice'
      ? OPTIONS[param.of].map((one) => ({ value: one as string, label: choiceText(param.of, one) }))
      : param.type === 'stage'
        ? names.stages.filter((one) => one.isActive || one.id === value).map((one) => ({ value: one.id, label: one.name }))
        : param.type === 'milestone'
          ? milestones.map((one) => ({ value: one.id, label: one.title }))
          : [...WATCHED, ...builder.fields.map((one) => one.field).filter((one) => one.startsWith('crm_attributes.'))].map((one) => ({ value: one as string, label: fieldName(one, builder.vocabulary.fields) }))
  const isOptional = param.type === 'stage' || param.type === 'milestone'
  const shown = isOptional || options.some((one) => one.value === value) ? options : [{ value: String(value ?? ''), label: String(value ?? '') }, ...options]
  return (
    <select aria-label={name} value={String(value ?? '')} onChange={(change) => onChange(change.target.value || undefined)} className="field-box w-auto! max-w-full">
      {isOptional && <option value="">{t(param.type === 'stage' ? 'bld.anyStage' : 'bld.anyMilestone')}</option>}
      {shown.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  )
}
