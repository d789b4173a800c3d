// Two to four views that exclude each other, side by side.
type Props<T extends string> = { label: string; value: T; options: readonly { value: T; label: string }[]; onChange: (value: T) => void }

export function Segmented<T extends string>({ label, value, options, onChange }: Props<T>) {
  return (
    <div role="group" aria-label={label} className="seg">
      {options.map((one) => (
        <button key={one.value} type="button" aria-pressed={one.value === value} onClick={() => one.value !== value && onChange(one.value)}>
          {one.label}
        </button>
      ))}
    </div>
  )
}
