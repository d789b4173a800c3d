// The input that fits the type of a value.
import type { KeyboardEvent, Ref } from 'react'
import { t } from '@/lib/i18n'
import { isNumeric, type Draft, type ValueType } from './draft'

export type Option = { value: string; label: string }
type Props = {
  id: string
  type: ValueType
  draft: Draft
  options?: readonly Option[]
  invalid?: boolean
  describedBy?: string
  ref?: Ref<HTMLInputElement & HTMLSelectElement>
  onDraft: (draft: Draft) => void
  onKeyDown?: (event: KeyboardEvent) => void
}

export function Editor({ id, type, draft, options = [], invalid, describedBy, ref, onDraft, onKeyDown }: Props) {
  const described = { id, 'aria-invalid': invalid || undefined, 'aria-describedby': describedBy, onKeyDown }
  if (type === 'multi_choice') return <Several id={id} chosen={draft as string[]} options={options} onDraft={onDraft} onKeyDown={onKeyDown} ref={ref} />
  const text = draft as string
  if (type === 'boolean' || type === 'choice' || type === 'member') {
    const choices = type === 'boolean' ? [{ value: 'true', label: t('edit.yes') }, { value: 'false', label: t('edit.no') }] : options
    return (
      <select {...described} ref={ref} value={text} onChange={(event) => onDraft(event.target.value)} className="field-box">
        <option value="">{t('notSet')}</option>
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
        {/* what is no choice any more, but set */}
        {text !== '' && !choices.some((one) => one.value === text) && <option value={text}>{text}</option>}
      </select>
    )
  }
  return (
    <input
      {...described}
      ref={ref}
      type={type === 'date' ? 'date' : 'text'}
      inputMode={isNumeric(type) ? 'decimal' : type === 'url' ? 'url' : undefined}
      value={text}
      onChange={(event) => onDraft(event.target.value)}
      autoComplete="off"
      spellCheck={type === 'text'}
      className="field-box"
    />
  )
}

type SeveralProps = { id: string; chosen: string[]; options: readonly Option[]; onDraft: (draft: Draft) => void; onKeyDown?: (event: KeyboardEvent) => void; ref?: Ref<HTMLInputElement & HTMLSelectElement> }

function Several({ id, chosen, options, onDraft, onKeyDown, ref }: SeveralProps) {
  return (
    <div id={id} className="grid gap-1">
      {options.map((one, i) => (
        <label key={one.value} className="hit">
          <input
            ref={i === 0 ? ref : undefined}
            type="checkbox"
            className="check"
            checked={chosen.includes(one.value)}
            onKeyDown={onKeyDown}
            onChange={(event) => onDraft(event.target.checked ? [...chosen, one.value] : chosen.filter((it) => it !== one.value))}
          />
          <bdi>{one.label}</bdi>
        </label>
      ))}
    </div>
  )
}
