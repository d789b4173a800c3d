// On or off, at once.
type Props = { checked: boolean; onChange: (on: boolean) => void; label?: string }

/** `label` where no text around it names it. */
export function Switch({ checked, onChange, label }: Props) {
  return <input type="checkbox" role="switch" className="switch" aria-label={label} aria-checked={checked} checked={checked} onChange={(event) => onChange(event.target.checked)} />
}
