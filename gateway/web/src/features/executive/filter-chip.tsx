// One condition: its name, its value, which opens the choices, and a way to drop it.
import { ChevronDown, X } from 'lucide-react'
import { Menu } from '@/components/ui/menu'
import { t } from '@/lib/i18n'

export type Option = { value: string; label: string }
type Props = { name: string; value: string; options: Option[]; onPick: (value: string) => void; onRemove?: () => void }

export function FilterChip({ name, value, options, onPick, onRemove }: Props) {
  const label = options.find((one) => one.value === value)?.label ?? t('unknown')
  return (
    <span className="chip">
      <span aria-hidden className="chip-name">
        {name}
      </span>
      <Menu
        align="start"
        trigger={{
          className: 'chip-value max-w-56',
          label: `${name}: ${label}`,
          children: (
            <>
              <bdi className="truncate">{label}</bdi>
              {!onRemove && <ChevronDown aria-hidden />}
            </>
          ),
        }}
        entries={[{ value, options, onPick }]}
      />
      {onRemove && (
        <button type="button" className="chip-x" onClick={onRemove} aria-label={t('exec.drop', { name })} title={t('exec.drop', { name })}>
          <X aria-hidden />
        </button>
      )}
    </span>
  )
}
