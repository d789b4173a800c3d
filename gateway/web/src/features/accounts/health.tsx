// Health in the list: the mark with its word, its change, and the four parts as bars.
import { MiniBars } from '@/components/chart/mini-bars'
import { Delta, Health, LevelShape as Shape } from '@/components/health'
import { t } from '@/lib/i18n'
import { bandColor, bandOf, type LevelFilter } from '@/lib/levels'
import type { Account } from './api'

export const levelColor = (level: LevelFilter) => bandColor[bandOf[level]]

export const LevelShape = ({ level }: { level: LevelFilter }) => <Shape band={bandOf[level]} />

export function HealthMark({ account }: { account: Account }) {
  return <Health score={account.overall_score} level={account.risk_level} confidence={account.confidence} />
}

export const HealthChange = ({ change }: { change: number | null }) => <Delta change={change} />

// A score whose parts are missing still shows four empty bars, so that the rows stay aligned.
export function HealthParts({ account }: { account: Account }) {
  if (account.overall_score === null) return null
  const parts = [account.usage_score, account.engagement_score, account.support_score, account.adoption_score]
  const names = [t('part.usage'), t('part.engagement'), t('part.support'), t('part.adoption')]
  return <MiniBars bars={parts.map((value, i) => ({ label: names[i]!, value }))} none={t('health.none')} />
}
