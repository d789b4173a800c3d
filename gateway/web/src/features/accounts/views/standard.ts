// The views that are always there.
import { allOf, where, type Criteria } from '@/lib/criteria'
import { t } from '@/lib/i18n'

const active = where('status', 'eq', 'Active')
export const atRisk: Criteria = { all: [active, where('health_band', 'in', ['At Risk', 'Critical'])] }
export const renewing: Criteria = { all: [active, where('days_to_renewal', 'between', [0, 90])] }

export const STANDARD = ['all', 'mine', 'risk', 'renewing'] as const
export type StandardView = (typeof STANDARD)[number]

export function standardCriteria(view: StandardView, me: string): Criteria | undefined {
  if (view === 'mine') return allOf(where('csm', 'eq', me))
  return view === 'risk' ? atRisk : view === 'renewing' ? renewing : undefined
}

export const standardName = (view: StandardView) => t(`views.${view}`)
