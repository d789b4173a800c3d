// A stage: its colour in a swatch beside the name, days against the target, and whether that is late.
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'

type Props = { name: string | null; color?: string | null; days?: number | null; target?: number | null; state?: string | null }

export function Stage({ name, color, days, target, state }: Props) {
  if (!name) return <span className="quiet">{t('none')}</span>
  return (
    <span className="inline-flex min-w-0 items-center gap-2 whitespace-nowrap">
      <span aria-hidden className="swatch" style={{ background: color ?? 'var(--no-data)' }} />
      <bdi className="truncate">{name}</bdi>
      {days !== null && days !== undefined && <span className="quiet num">{target ? t('stage.of', { days, target }) : t('stage.daysShort', { n: count(days) })}</span>}
      <StageState state={state} />
    </span>
  )
}

/** On track is not written. */
export function StageState({ state }: { state: string | null | undefined }) {
  if (state !== 'behind' && state !== 'stuck') return null
  return <span className={state === 'stuck' ? 'bad' : 'warn'}>{t(`stage.${state}`)}</span>
}
