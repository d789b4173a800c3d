// The value of a condition: a number with its unit, a day, text, two ends, or ticks in a list.
import { ChevronDown } from 'lucide-react'
import { Popover } from '@/components/ui/popover'
import { Segmented } from '@/components/ui/segmented'
import type { Criteria } from '@/lib/criteria'
import { currencySign } from '@/lib/format'
import { t } from '@/lib/i18n'
import { ChoiceList } from './choice-list'
import { useBuilder } from './context'
import { arityOf, isNumeric, valueKind, type FieldInfo, type ValueKind } from './field-types'
import { valueWords } from './names'

type Props = {
  info: FieldInfo
  op: string
  value: unknown
  others: Criteria | undefined
  invalid?: boolean
  /** the list of choices itself in place of a button that opens it */
  inline?: boolean
  onChange: (value: unknown) => void
}

export function ValueInput({ info, op, value, others, invalid, inline, onChange }: Props) {
  const { vocabulary } = useBuilder()
  const kind = valueKind(info)
  const arity = arityOf(op)
  if (arity === 'none') return null
  if (kind === 'account') return <span className="quiet self-center">{valueWords({ field: info.field, op, value }, vocabulary)}</span>
  if (arity === 'two') {
    const ends = Array.isArray(value) ? value : [undefined, undefined]
    return (
      <span className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5 [&>.field-box]:min-w-26!">
        <Single kind={kind} label={t('range.from')} value={ends[0]} invalid={invalid} onChange={(next) => onChange([next, ends[1]])} />
        <span className="quiet">{t('crit.and')}</span>
        <Single kind={kind} label={t('range.to')} value={ends[1]} invalid={invalid} onChange={(next) => onChange([ends[0], next])} />
      </span>
    )
  }
  if (arity === 'one' && kind === 'boolean') {
    return <Segmented label={t('crit.value')} value={value === false ? 'no' : value === true ? 'yes' : ''} options={[{ value: 'yes', label: t('yes') }, { value: 'no', label: t('no') }]} onChange={(next) => onChange(next === 'yes')} />
  }
  if (arity === 'many' && (isNumeric(kind) || kind === 'date')) return <Several value={value} kind={kind} invalid={invalid} onChange={onChange} />
  if (arity === 'one' && kind !== 'list') return <Single kind={kind} label={t('crit.value')} value={value} loose={info.type === 'any'} invalid={invalid} onChange={onChange} />
  const chosen = (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined && one !== null)
  const list = <ChoiceList info={info} others={others} chosen={chosen} single={arity === 'one'} onChange={(next) => onChange(arity === 'one' ? next[0] : next)} />
  if (inline) return list
  const words = chosen.length > 0 ? valueWords({ field: info.field, op: 'in', value: chosen }, vocabulary) : t('crit.choose')
  return (
    <Popover
      label={t('crit.values')}
      className="w-72 p-2!"
      trigger={{ className: `field-box justify-between ${invalid ? 'border-critical!' : ''}`, label: `${t('crit.value')}: ${words}`, children: (<><bdi className="truncate">{words}</bdi><ChevronDown aria-hidden className="quiet size-4 shrink-0" /></>) }}
    >
      {() => list}
    </Popover>
  )
}

type SingleProps = { kind: ValueKind; label: string; value: unknown; loose?: boolean; invalid?: boolean; onChange: (value: unknown) => void }

function Single({ kind, label, value, loose, invalid, onChange }: SingleProps) {
  const { vocabulary } = useBuilder()
  const numeric = isNumeric(kind)
  const read = (text: string) => {
    if (text === '') return undefined
    // what the CRM holds may be a number or text, and each is compared with its own kind
    return numeric || (loose && /^-?\d+(\.\d+)?$/.test(text)) ? Number(text) : text
  }
  const before = kind === 'money' ? currencySign(vocabulary.currency) : ''
  const after = kind === 'percent' ? '%' : kind === 'days' ? t('crit.days') : ''
  return (
    <span className="field-box min-w-28 flex-1" aria-invalid={invalid || undefined}>
      {before && <span aria-hidden className="quiet">{before}</span>}
      <input
        type={numeric ? 'number' : kind === 'date' ? 'date' : 'text'}
        step="any"
        aria-label={after || before ? `${label} (${after || before})` : label}
        aria-invalid={invalid || undefined}
        value={value === undefined || value === null ? '' : String(value)}
        onChange={(event) => onChange(read(event.target.value))}
      />
      {after && <span aria-hidden className="quiet">{after}</span>}
    </span>
  )
}

function Several({ value, kind, invalid, onChange }: { value: unknown; kind: ValueKind; invalid?: boolean; onChange: (value: unknown) => void }) {
  const read = (text: string) => text.split(/[;,\s]+/).filter(Boolean).map((one) => (isNumeric(kind) ? Number(one) : one))
  return <input type="text" aria-label={t('crit.several')} placeholder={t('crit.several')} aria-invalid={invalid || undefined} defaultValue={Array.isArray(value) ? value.join(', ') : ''} onChange={(event) => onChange(read(event.target.value))} className="field-box min-w-28 flex-1" />
}
