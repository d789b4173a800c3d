// Health as shape, number and word: hollow when it is uncertain, dotted without data. And a change: triangle and number.
import { cn } from '@/lib/cn'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import { bandColor, type Band, type Level } from '@/lib/levels'

const tone: Record<Band, string> = {
  Healthy: 'good', 'At Risk': 'warn', Critical: 'bad', Uncertain: 'quiet', Paused: 'quiet', 'No data': 'quiet',
}
const mark: Record<Band, string> = { ...bandColor, Uncertain: 'var(--no-data)', 'No data': 'var(--no-data)' }

export function LevelShape({ band, hollow, className }: { band: Band; hollow?: boolean; className?: string }) {
  const empty = hollow || band === 'Uncertain' || band === 'No data'
  const paint = empty ? { fill: 'none', stroke: mark[band], strokeWidth: 1.6 } : { fill: mark[band] }
  return (
    <svg viewBox="0 0 12 12" aria-hidden className={cn('shape self-center', className)}>
      <Drawing band={band} empty={empty} paint={paint} />
    </svg>
  )
}

function Drawing({ band, empty, paint }: { band: Band; empty: boolean; paint: object }) {
  if (band === 'At Risk') return <path d={empty ? 'M6 2.3 10.6 10.3H1.4z' : 'M6 .8 11.6 10.8H.4z'} strokeLinejoin="round" {...paint} />
  if (band === 'Critical') return empty ? <rect x="1.8" y="1.8" width="8.4" height="8.4" rx="1" {...paint} /> : <rect x="1" y="1" width="10" height="10" rx="1.5" {...paint} />
  if (band === 'Paused') return <path d="M3.2 1.5v9M8.8 1.5v9" fill="none" stroke={mark.Paused} strokeWidth="2.6" />
  return <circle cx="6" cy="6" r={empty ? 4.5 : 5} strokeDasharray={band === 'No data' ? '1.5 2.03' : undefined} {...paint} />
}

type Props = { score: number | null; level: Level | null; confidence?: string | null; /** without the word where a column head names it */ dense?: boolean }

export function Health({ score, level, confidence, dense }: Props) {
  if (score === null || level === null) {
    return (
      <span className="h quiet">
        <LevelShape band="No data" />
        {t('health.none')}
      </span>
    )
  }
  const low = confidence === 'low'
  return (
    <span className="h" title={low ? t('health.lowTitle') : undefined}>
      <LevelShape band={level} hollow={low} />
      <b>{count(score)}</b>
      <span className={dense ? 'sr-only' : tone[level]}>{t(`health.${level}`)}</span>
      {low && <span className={dense ? 'sr-only' : 'quiet -ms-1.5'}>, {t('health.low')}</span>}
    </span>
  )
}

type DeltaProps = {
  change: number | null | undefined
  /** how the size is written; as a whole number unless given */
  size?: (size: number) => string
  /** whether up is good: colour is a judgement, not a direction */
  upIsGood?: boolean
  /** neither good nor bad */
  neutral?: boolean
}

/** No change shows nothing. */
export function Delta({ change, size = count, upIsGood = true, neutral }: DeltaProps) {
  if (!change) return null
  const up = change > 0
  const text = size(Math.abs(change))
  return (
    <span className={cn('delta', neutral ? 'quiet' : up === upIsGood ? 'good' : 'bad')}>
      <svg viewBox="0 0 8 8" aria-hidden>
        <path fill="currentColor" d={up ? 'M4 .8 7.7 7.2H.3z' : 'M4 7.2.3.8h7.4z'} />
      </svg>
      {text}
      <span className="sr-only"> {t(up ? 'change.up' : 'change.down')}</span>
    </span>
  )
}
