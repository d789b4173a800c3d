// Health as shape, number and word, with its change; the shape is hollow when confidence is low, dashed without data.
import { cn } from '@/lib/cn'
import { MiniBars } from '@/components/chart/mini-bars'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Account } from './api'
import type { LevelFilter, LEVELS } from './levels'

export const levelColor: Record<LevelFilter, string> = {
  Healthy: 'var(--healthy)',
  'At Risk': 'var(--at-risk)',
  Critical: 'var(--critical)',
  none: 'var(--no-data)',
  uncertain: 'var(--bar)',
  paused: 'var(--muted-foreground)',
}
const levelText: Record<(typeof LEVELS)[number], string> = {
  Healthy: 'text-healthy-fg',
  'At Risk': 'text-at-risk-fg',
  Critical: 'text-critical-fg',
}

export function LevelShape({ level, hollow }: { level: LevelFilter; hollow?: boolean }) {
  const color = levelColor[level]
  const paint = hollow || level === 'none' || level === 'uncertain' ? { fill: 'none', stroke: color, strokeWidth: 1.8 } : { fill: color }
  return (
    <svg viewBox="0 0 12 12" aria-hidden className="size-3 shrink-0 self-center">
      {level === 'At Risk' ? (
        <path d="M6 1.5 11 10.5H1Z" strokeLinejoin="round" {...paint} />
      ) : level === 'Critical' ? (
        <rect x="1.5" y="1.5" width="9" height="9" rx="1.5" {...paint} />
      ) : level === 'paused' ? (
        <path d="M2.5 1.5h2.5v9H2.5ZM7 1.5h2.5v9H7Z" {...paint} />
      ) : (
        <circle cx="6" cy="6" r="4.7" strokeDasharray={level === 'none' ? '2.2 1.9' : undefined} {...paint} />
      )}
    </svg>
  )
}

export function HealthMark({ account }: { account: Account }) {
  const level = account.risk_level
  if (account.overall_score === null || level === null) {
    return (
      <span className="inline-flex items-center gap-1.5 text-muted-foreground">
        <LevelShape level="none" />
        {t('health.none')}
      </span>
    )
  }
  const low = account.confidence === 'low'
  return (
    <span className="inline-flex items-baseline gap-1.5 whitespace-nowrap" title={low ? t('health.low') : undefined}>
      <LevelShape level={level} hollow={low} />
      <span className="min-w-5 text-right text-[15px] font-semibold tabular-nums">{count(account.overall_score)}</span>
      <span className={cn('text-[13px]', levelText[level])}>{t(`health.${level}`)}</span>
      {low && <span className="sr-only">, {t('health.low')}</span>}
    </span>
  )
}

export function HealthChange({ change }: { change: number | null }) {
  if (change === null) return null
  const text = change > 0 ? t('health.up', { n: change }) : change < 0 ? t('health.down', { n: -change }) : t('health.same')
  return (
    <span title={text} className={cn('inline-flex items-center gap-0.5 text-xs tabular-nums', change < 0 ? 'text-critical-fg' : change > 0 ? 'text-healthy-fg' : 'text-muted-foreground')}>
      <svg viewBox="0 0 10 10" aria-hidden className="size-2.5">
        {change === 0 ? <rect x="1" y="4" width="8" height="2" rx="1" fill="currentColor" /> : <path d={change > 0 ? 'M5 1.5 9 8.5H1Z' : 'M5 8.5 1 1.5H9Z'} fill="currentColor" />}
      </svg>
      {change !== 0 && <span aria-hidden>{count(Math.abs(change))}</span>}
      <span className="sr-only">{text}</span>
    </span>
  )
}

// A score whose parts are missing still shows four empty bars, so that the rows stay aligned.
export function HealthParts({ account }: { account: Account }) {
  if (account.overall_score === null) return null
  const parts = [account.usage_score, account.engagement_score, account.support_score, account.adoption_score]
  const names = [t('part.usage'), t('part.engagement'), t('part.support'), t('part.adoption')]
  return <MiniBars bars={parts.map((value, i) => ({ label: names[i]!, value }))} none={t('health.none')} />
}
