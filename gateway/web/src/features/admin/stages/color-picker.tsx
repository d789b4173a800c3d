// The colour of a stage: one of twelve that stand out in both themes, or one's own with how well it does.
import { useState } from 'react'
import { Popover } from '@/components/ui/popover'
import { decimal } from '@/lib/format'
import { t } from '@/lib/i18n'
import { contrast, ENOUGH, isHex, SWATCHES } from './colors'

type Props = { name: string; color: string; onChange: (color: string) => void }

export function ColorPicker({ name, color, onChange }: Props) {
  const shown = isHex(color) ? color : 'var(--no-data)'
  return (
    <Popover
      label={t('stages.colorOf', { name })}
      className="w-64 p-3!"
      trigger={{ className: 'grid size-8 place-items-center rounded-control border border-input bg-card', label: t('stages.colorOf', { name }), title: color, children: <span aria-hidden className="swatch" style={{ background: shown, width: 16, height: 16 }} /> }}
    >
      {() => <Choices color={color} onChange={onChange} />}
    </Popover>
  )
}

function Choices({ color, onChange }: Omit<Props, 'name'>) {
  const [typed, setTyped] = useState(color)
  const pick = (one: string) => {
    setTyped(one)
    onChange(one)
  }
  return (
    <div className="grid gap-3">
      <div role="group" aria-label={t('stages.swatches')} className="flex flex-wrap gap-1">
        {SWATCHES.map((one) => (
          <button key={one} type="button" aria-label={one} aria-pressed={one === color.toLowerCase()} title={one} onClick={() => pick(one)} className="grid size-8 place-items-center rounded-control border hover:bg-accent" style={{ borderColor: one === color.toLowerCase() ? 'var(--foreground)' : 'transparent' }}>
            <span aria-hidden className="swatch" style={{ background: one, width: 20, height: 20 }} />
          </button>
        ))}
      </div>
      <label className="flex items-center gap-2">
        {t('stages.hex')}
        <input
          value={typed}
          maxLength={7}
          onChange={(event) => {
            setTyped(event.target.value)
            onChange(event.target.value.trim())
          }}
          aria-invalid={!isHex(typed.trim()) || undefined}
          className="field-box num"
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      {isHex(color) && <Contrast color={color} />}
    </div>
  )
}

function Contrast({ color }: { color: string }) {
  const { light, dark } = contrast(color)
  const weak = Math.min(light, dark) < ENOUGH
  return (
    <p role="status" className={weak ? 'warn' : 'quiet'}>
      {t('stages.contrast', { light: decimal(light), dark: decimal(dark) })}
      {weak && ` ${t('stages.weak')}`}
    </p>
  )
}
