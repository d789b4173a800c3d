// One condition on its own, under its chip: the operator, the value, and a button that applies both.
import { useState, type FormEvent } from 'react'
import { infoOf } from '@/components/criteria-builder/condition-row'
import { useBuilder } from '@/components/criteria-builder/context'
import { isComplete, valueFor, valueKind } from '@/components/criteria-builder/field-types'
import { operatorName } from '@/components/criteria-builder/names'
import type { Leaf } from '@/components/criteria-builder/tree'
import { ValueInput } from '@/components/criteria-builder/value-input'
import { Button } from '@/components/ui/button'
import type { Criteria } from '@/lib/criteria'
import { t } from '@/lib/i18n'

type Props = { leaf: Leaf; others: Criteria | undefined; onApply: (leaf: Leaf) => void }

export function ConditionForm({ leaf, others, onApply }: Props) {
  const { fields } = useBuilder()
  const [draft, setDraft] = useState(leaf)
  const [checked, setChecked] = useState(false)
  const info = infoOf(leaf.field, fields)
  const whole = isComplete(draft)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (whole) onApply(draft)
    else setChecked(true)
  }
  return (
    <form onSubmit={submit} className="grid gap-2">
      <select aria-label={t('crit.operator')} value={draft.op} onChange={(event) => setDraft({ ...draft, op: event.target.value, value: valueFor(event.target.value, draft.value) })} className="field-box">
        {info.operators.map((op) => (
          <option key={op} value={op}>
            {operatorName(op, valueKind(info))}
          </option>
        ))}
      </select>
      <ValueInput inline info={info} op={draft.op} value={draft.value} others={others} invalid={checked && !whole} onChange={(value) => setDraft({ ...draft, value })} />
      {checked && !whole && (
        <p role="alert" className="small bad">
          {t('crit.missing')}
        </p>
      )}
      <Button type="submit" className="justify-self-end">
        {t('accounts.apply')}
      </Button>
    </form>
  )
}
