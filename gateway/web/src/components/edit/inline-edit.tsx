// A value that turns into its input where it stands: Enter saves, Escape leaves it as it was, a refusal stays at the input.
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Check, Pencil, X } from 'lucide-react'
import { IconButton } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { draftOf, isSame, valueOf, type ValueType } from './draft'
import { Editor, type Option } from './editor'

type Props = {
  label: string
  type: ValueType
  value: unknown
  options?: readonly Option[]
  required?: boolean
  /** how the value is shown while it is read */
  children: ReactNode
  /** called once editing begins, to keep what the value was then */
  onBegin?: () => void
  /** resolves to the reason where it was not saved */
  onSave: (value: unknown) => Promise<string | undefined>
}

export function InlineEdit(props: Props) {
  const [open, setOpen] = useState(false)
  const place = useRef<HTMLButtonElement>(null)
  const back = useRef(false)
  useEffect(() => {
    // the input that had the focus is gone
    if (!open && back.current) place.current?.focus()
    back.current = open
  }, [open])
  if (open) return <Form {...props} onClose={() => setOpen(false)} />
  const begin = () => {
    props.onBegin?.()
    setOpen(true)
  }
  return (
    <button ref={place} type="button" onClick={begin} className="group -mx-1.5 flex min-h-6 w-full min-w-0 items-center gap-2 rounded-control px-1.5 text-start hover:bg-accent">
      <span className="sr-only">{t('edit.change', { field: props.label })}</span>
      <span className="min-w-0 wrap-anywhere">{props.children}</span>
      <Pencil aria-hidden className="quiet size-3.5 shrink-0 opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100" strokeWidth={1.5} />
    </button>
  )
}

function Form({ label, type, value, options, required, onSave, onClose }: Props & { onClose: () => void }) {
  const id = useId()
  const [draft, setDraft] = useState(() => draftOf(type, value))
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)
  const input = useRef<(HTMLInputElement & HTMLSelectElement) | null>(null)
  useEffect(() => {
    input.current?.focus()
    const typed: HTMLElement | null = input.current
    if (typed instanceof HTMLInputElement && typed.type === 'text') typed.select()
  }, [])
  async function save() {
    const read = valueOf(type, draft)
    if ('fault' in read) return setWrong(t(`fault.${read.fault}`))
    if (required && read.value === null) return setWrong(t('fault.required'))
    if (isSame(read.value, value)) return onClose()
    setBusy(true)
    const refused = await onSave(read.value)
    setBusy(false)
    if (refused === undefined) onClose()
    else setWrong(refused)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') onClose()
    else if (!busy) void save()
  }
  return (
    <div role="group" aria-label={label}>
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1">
          <label htmlFor={id} className="sr-only">
            {label}
          </label>
          <Editor id={id} ref={input} type={type} draft={draft} options={options} invalid={wrong !== ''} describedBy={wrong ? `${id}-wrong` : undefined} onDraft={setDraft} onKeyDown={onKeyDown} />
        </div>
        <IconButton label={t('edit.save', { field: label })} busy={busy} onClick={() => void save()}>
          {!busy && <Check aria-hidden />}
        </IconButton>
        <IconButton label={t('edit.cancel', { field: label })} onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </div>
      {wrong && (
        <p id={`${id}-wrong`} role="alert" className="small bad mt-1">
          {wrong}
        </p>
      )}
    </div>
  )
}
