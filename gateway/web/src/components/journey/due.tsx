// When a milestone is due, how late it is, or when it was settled.
import { dayShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { DueMilestone } from '@/lib/stage-moves-api'

type Props = { one: Pick<DueMilestone, 'state' | 'completed_at' | 'due_at' | 'is_overdue'>; timeZone: string; now: number }

export function Due({ one, timeZone, now }: Props) {
  if (one.state !== 'open') return one.completed_at && <span className="quiet num">{dayShort(one.completed_at, timeZone)}</span>
  if (!one.due_at) return null
  const late = Math.floor((now - Date.parse(one.due_at)) / 86_400_000)
  return one.is_overdue ? <span className="bad num">{t('mile.late', { n: Math.max(1, late) })}</span> : <span className="quiet num">{dayShort(one.due_at, timeZone)}</span>
}
