// A label, an input and its error, tied together.
import { useId, type ReactNode } from 'react'

export const inputClass =
  'block h-10 w-full rounded-md border border-input bg-card px-3 text-[15px] aria-invalid:border-critical focus-visible:outline-offset-0'

type Described = { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }
type Props = { label: string; error?: string; children: (described: Described) => ReactNode }

export function Field({ label, error, children }: Props) {
  const id = useId()
  const errorId = `${id}-error`
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': error ? errorId : undefined })}
      {error && (
        <p id={errorId} className="mt-1.5 text-[13px] text-critical-fg">
          {error}
        </p>
      )}
    </div>
  )
}
