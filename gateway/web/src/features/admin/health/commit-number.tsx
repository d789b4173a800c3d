// A number that counts once it is typed to the end: on Enter, on leaving, and at each step of the arrows.
import { useState, type KeyboardEvent } from 'react'

type Props = { label: string; value: number; min: number; max: number; width?: number; onCommit: (value: number) => void }

export function CommitNumber({ label, value, min, max, width, onCommit }: Props) {
  const [typed, setTyped] = useState<string>()
  const commit = () => {
    if (typed === undefined) return
    setTyped(undefined)
    const number = Number(typed)
    if (typed.trim() !== '' && Number.isFinite(number)) onCommit(Math.min(max, Math.max(min, number)))
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      event.preventDefault()
      commit()
    }
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    setTyped(undefined)
    onCommit(Math.min(max, Math.max(min, value + step)))
  }
  return <input aria-label={label} inputMode="numeric" value={typed ?? String(value)} onChange={(event) => setTyped(event.target.value)} onBlur={commit} onKeyDown={onKeyDown} className="field-box num text-end" style={{ width }} autoComplete="off" />
}
