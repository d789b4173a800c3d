// One condition: field, operator, value, and what can be done with it, by mouse and by keyboard.
import { ChevronDown, Ellipsis, X } from 'lucide-react'
import { buttonClass, IconButton } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { Popover } from '@/components/ui/popover'
import type { Criteria } from '@/lib/criteria'
import { t } from '@/lib/i18n'
import { useBuilder } from './context'
import { firstOperator, isComplete, valueFor, valueKind, type FieldInfo } from './field-types'
import { FieldList } from './field-list'
import { fieldName, operatorName } from './names'
import type { Leaf } from './tree'
import { ValueInput } from './value-input'

export type PartActions = { move: (id: number, step: -1 | 1) => void; duplicate: (id: number) => void; remove: (id: number) => void }
type Props = { leaf: Leaf; others: Criteria | undefined; checked: boolean; onChange: (leaf: Leaf) => void; actions: PartActions }

/** A field the server no longer lists keeps its condition. */
export const infoOf = (field: string, fields: FieldInfo[]): FieldInfo =>
  fields.find((one) => one.field === field) ?? { field, label: field.replace('crm_attributes.', ''), type: 'any', operators: ['eq', 'ne', 'contains', 'is_set', 'is_not_set'], choices: null, description: null, inLists: null }

export function ConditionRow({ leaf, others, checked, onChange, actions }: Props) {
  const { fields, vocabulary } = useBuilder()
  const info = infoOf(leaf.field, fields)
  const kind = valueKind(info)
  const name = fieldName(leaf.field, vocabulary.fields)
  const wrong = checked && !isComplete(leaf)
  return (
    <div role="group" aria-label={name} data-part={leaf.id} className="crit-row">
      <Popover label={t('crit.fields')} className="w-72 p-2!" trigger={{ className: 'field-box justify-between', label: t('crit.fieldIs', { name }), children: (<><bdi className="truncate">{name}</bdi><ChevronDown aria-hidden className="quiet size-4 shrink-0" /></>) }}>
        {(close) => (
          <FieldList
            onPick={(next) => {
              if (next.field !== leaf.field) onChange({ ...leaf, field: next.field, op: firstOperator(next), value: undefined })
              close()
            }}
          />
        )}
      </Popover>
      <select aria-label={t('crit.operator')} value={leaf.op} onChange={(event) => onChange({ ...leaf, op: event.target.value, value: valueFor(event.target.value, leaf.value) })} className="field-box">
        {info.operators.map((op) => (
          <option key={op} value={op}>
            {operatorName(op, kind)}
          </option>
        ))}
      </select>
      <span className="crit-value">
        <ValueInput info={info} op={leaf.op} value={leaf.value} others={others} invalid={wrong} onChange={(value) => onChange({ ...leaf, value })} />
        {wrong && <span className="small bad w-full">{t('crit.missing')}</span>}
      </span>
      <PartMenu id={leaf.id} name={name} actions={actions} />
      <IconButton label={t('crit.remove', { name })} onClick={() => actions.remove(leaf.id)}>
        <X aria-hidden />
      </IconButton>
    </div>
  )
}

export function PartMenu({ id, name, actions }: { id: number; name: string; actions: PartActions }) {
  return (
    <span className="crit-menu">
      <Menu
        trigger={{ className: buttonClass('ghost', 'icon'), label: t('crit.more', { name }), title: t('crit.more', { name }), children: <Ellipsis aria-hidden /> }}
        entries={[
          { label: t('crit.up'), onSelect: () => actions.move(id, -1) },
          { label: t('crit.down'), onSelect: () => actions.move(id, 1) },
          { label: t('crit.duplicate'), onSelect: () => actions.duplicate(id) },
          { label: t('crit.delete'), danger: true, onSelect: () => actions.remove(id) },
        ]}
      />
    </span>
  )
}
