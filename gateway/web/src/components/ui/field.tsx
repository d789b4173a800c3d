// A label, an input, what helps and what is wrong, tied together.
import { useId, type ReactNode } from 'react'

type Described = { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }
type Props = { label: string; hint?: ReactNode; error?: string; end?: ReactNode; children: (described: Described) => ReactNode }

export function Field({ label, hint, error, end, children }: Props) {
  const id = useId()
  const errorId = `${id}-error`
  const hintId = `${id}-hint`
  // what is wrong takes the place of what helps
  const describedBy = error ? errorId : hint ? hintId : undefined
  return (
    <div>
      <div className="mb-1.5 flex items-baseline justify-between gap-3 text-[13px] leading-4.5">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {end}
      </div>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': describedBy })}
      {hint && !error && (
        <div id={hintId} className="small quiet mt-1.5">
          {hint}
        </div>
      )}
      {error && (
        <p id={errorId} className="small bad mt-1.5">
          {error}
        </p>
      )}
    </div>
  )
}
