// A cell that turns into a list of choices where it stands: a choice from the open list saves, or Enter; Escape leaves it as it was.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { ChevronDown } from 'lucide-react'
import { t } from '@/lib/i18n'
import type { Account } from '../api'
import type { CellContext } from '../cells'
import type { Column } from '../columns'
import { optionsOf, valueOf, type Field, type SaveCell } from './fields'

type Props = { row: Account; field: Field; context: CellContext; onSave: SaveCell; Cell: Column['Cell'] }

export function EditCell(props: Props) {
  const { row, field, context, onSave, Cell } = props
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const place = useRef<HTMLButtonElement>(null)
  const back = useRef(false)
  useEffect(() => {
    // the list of choices that had the focus is gone
    if (!open && back.current) place.current?.focus()
    back.current = open && back.current
  }, [open])
  const close = (focus: boolean) => {
    back.current = focus
    setOpen(false)
  }
  if (open) {
    return (
      <Choice
        {...props}
        onClose={close}
        onPick={(value, focus) => {
          close(focus)
          setBusy(true)
          void onSave(row, field, value).finally(() => setBusy(false))
        }}
      />
    )
  }
  return (
    <button ref={place} type="button" data-edit aria-busy={busy || undefined} onClick={() => setOpen(true)} className="edit-cell group">
      <span className="sr-only">{t('edit.change', { field: `${t(`col.${field}`)}, ${row.name}` })}: </span>
      <span className="min-w-0 truncate">
        <Cell row={row} context={context} />
      </span>
      <ChevronDown aria-hidden className="quiet absolute end-0 size-3.5 opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100" strokeWidth={1.5} />
    </button>
  )
}

type ChoiceProps = Props & { onPick: (value: string | null, focus: boolean) => void; onClose: (focus: boolean) => void }

function Choice({ row, field, context, onPick, onClose }: ChoiceProps) {
  const before = valueOf(row, field) ?? ''
  const [draft, setDraft] = useState(before)
  const input = useRef<HTMLSelectElement>(null)
  /** with its list shut each arrow key changes a select at once: then Enter decides */
  const byKey = useRef(false)
  const ended = useRef(false)
  useEffect(() => {
    input.current?.focus()
    try {
      input.current?.showPicker()
    } catch {
      // it opens at the next press
    }
  }, [])
  const end = (value: string, focus: boolean) => {
    if (ended.current) return
    ended.current = true
    if (value === before) onClose(focus)
    else onPick(value === '' ? null : value, focus)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' && event.key !== 'Escape') {
      byKey.current = event.key !== 'Tab'
      return
    }
    event.preventDefault()
    event.stopPropagation()
    end(event.key === 'Enter' ? draft : before, true)
  }
  return (
    <select
      ref={input}
      aria-label={`${t(`col.${field}`)}, ${row.name}`}
      value={draft}
      onKeyDown={onKeyDown}
      onBlur={() => end(draft, false)}
      onChange={(event) => {
        setDraft(event.target.value)
        if (!byKey.current) end(event.target.value, true)
      }}
      className="field-box h-7! w-full px-1!"
    >
      {optionsOf(field, row, context).map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}
