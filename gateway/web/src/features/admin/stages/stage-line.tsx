// One stage: its place, colour, name, target, limit and kind.
import { useId, type ReactNode } from 'react'
import { ArrowDown, ArrowUp, Ellipsis } from 'lucide-react'
import { buttonClass, IconButton } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { ColorPicker } from './color-picker'
import type { Fault } from './edit-stages'
import type { StageRow } from './stages-api'

type Props = {
  row: StageRow
  at: number
  count: number
  faults: Fault[]
  onChange: (part: Partial<StageRow>) => void
  onMove: (to: number, focus?: string) => void
  onRemove: () => void
}

const kinds = { main: { is_side: false, is_end: false }, side: { is_side: true, is_end: false }, end: { is_side: true, is_end: true } }
type Kind = keyof typeof kinds

export function StageLine({ row, at, count, faults, onChange, onMove, onRemove }: Props) {
  const { mayEdit } = useShown()
  const wrong = useId()
  const name = row.name || t('stages.unnamed')
  const kind: Kind = row.is_end ? 'end' : row.is_side ? 'side' : 'main'
  const described = (...those: Fault[]) => (faults.some((one) => those.includes(one)) ? ({ 'aria-invalid': true, 'aria-describedby': wrong } as const) : {})
  return (
    <li data-stage={row.id} className="border-hairline not-first:border-t">
      <div className="stage-line py-2">
        <span className="num flex items-center gap-0.5">
          <span className="min-w-4 text-end">{at + 1}</span>
          {mayEdit && (
            <>
              <IconButton small label={t('stages.up', { name })} className="stage-up" held={at === 0} onClick={() => onMove(at - 1, '.stage-up')}>
                <ArrowUp aria-hidden />
              </IconButton>
              <IconButton small label={t('stages.down', { name })} className="stage-down" held={at === count - 1} onClick={() => onMove(at + 1, '.stage-down')}>
                <ArrowDown aria-hidden />
              </IconButton>
            </>
          )}
        </span>
        <ColorPicker name={name} color={row.color_hex} onChange={(color_hex) => onChange({ color_hex })} />
        <input {...described('name', 'twice')} aria-label={t('stages.nameOf', { n: String(at + 1) })} value={row.name} maxLength={80} onChange={(event) => onChange({ name: event.target.value })} className="field-box stage-name" autoComplete="off" />
        <NumberBox {...described('days')} text={t('stages.target_duration_days')} label={t('stages.daysOf', { name })} value={row.target_duration_days} placeholder={t('stages.noTarget')} onChange={(target_duration_days) => onChange({ target_duration_days })} />
        <NumberBox {...described('limit')} text={t('stages.wip_limit')} label={t('stages.limitOf', { name })} value={row.wip_limit} placeholder={t('stages.noLimit')} onChange={(wip_limit) => onChange({ wip_limit })} />
        <Labelled text={t('stages.kind')}>
          <select {...described('ends')} aria-label={t('stages.kindOf', { name })} value={kind} onChange={(event) => onChange(kinds[event.target.value as Kind])} className="field-box">
            {(Object.keys(kinds) as Kind[]).map((one) => (
              <option key={one} value={one}>
                {t(`stages.${one}`)}
              </option>
            ))}
          </select>
        </Labelled>
        {mayEdit && (
          <Menu
            align="end"
            trigger={{ className: buttonClass('ghost', 'icon'), label: t('stages.more', { name }), children: <Ellipsis aria-hidden /> }}
            entries={[
              { title: t('stages.place') },
              { value: String(at), options: Array.from({ length: count }, (_, to) => ({ value: String(to), label: t('stages.placeAt', { at: to + 1, all: count }) })), onPick: (to) => onMove(Number(to)) },
              'line',
              { label: t('stages.delete'), danger: true, onSelect: onRemove },
            ]}
          />
        )}
      </div>
      {faults.length > 0 && (
        <p id={wrong} className="small bad px-4 pb-2">
          {faults.map((one) => t(`stages.fault.${one}`)).join(' ')}
        </p>
      )}
    </li>
  )
}

/** On a phone there is no head that names the columns. */
function Labelled({ text, children }: { text: string; children: ReactNode }) {
  return (
    <label className="min-w-0">
      <span aria-hidden className="quiet text-xs md:hidden">
        {text}
      </span>
      {children}
    </label>
  )
}

type NumberProps = { text: string; label: string; value: number | null; placeholder: string; onChange: (value: number | null) => void; 'aria-invalid'?: true; 'aria-describedby'?: string }

function NumberBox({ text, label, value, onChange, ...rest }: NumberProps) {
  return (
    <Labelled text={text}>
      <input {...rest} aria-label={label} type="number" min={1} step={1} inputMode="numeric" value={value ?? ''} onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))} className="field-box num" />
    </Labelled>
  )
}
