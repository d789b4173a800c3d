// A change of the health model in words: what of it, and its value.
import type { Difference } from '@/components/draft/merge'
import { componentName } from '@/lib/components-of-health'
import { decimal, listed } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Alias, Cap, Period, Target } from './model'

function textOf(value: unknown): string {
  if (value === undefined) return t('draft.removed')
  if (value === null || (Array.isArray(value) && value.length === 0)) return t('none')
  if (typeof value === 'boolean') return t(value ? 'on' : 'off')
  if (typeof value === 'number') return decimal(value, 2)
  if (Array.isArray(value)) return listed(value.map(textOf))
  if (typeof value !== 'object') return value === 'at_risk' ? t('hw.capAtRiskShort') : String(value)
  const one = value as Partial<Cap & Alias & Period>
  return one.reason ?? (one.old === undefined ? `${one.from} – ${one.to}` : `${one.old} → ${one.now}`)
}

export function describeModel({ path }: Difference) {
  const [part, key, field] = path
  return { field: fieldOf(part!, key, field), text: part === 'caps' && (field === 'when' || key === 'order') ? JSON.stringify : textOf }
}

function fieldOf(part: string, key: string | undefined, field: string | undefined): string {
  if (part === 'weights') return t('hw.weightOf', { part: componentName(key!) })
  if (part === 'thresholds') return t(key === 'critical' ? 'hw.criticalUnder' : 'hw.healthyFrom')
  if (part === 'targets') return t('hw.targetOf', { what: t(`hwTarget.${key as Target}`) })
  if (part === 'key_features') return t('hw.keyFeatures')
  if (part === 'feature_aliases') return t('hw.aliases')
  if (part === 'quiet_periods') return t('hw.quiet')
  if (key === undefined || key === 'order') return t('hw.capOrder')
  const n = String(Number(key.replace('cap-', '')) + 1)
  const name = t('hw.capN', { n: /^\d+$/.test(n) ? n : '' })
  return field === undefined ? name : `${name}: ${t(`hwCap.${field as 'when' | 'max' | 'reason' | 'is_active'}`)}`
}
