// What the page covers, as every card of it is told: the accounts, the time, and how its address changes.
import type { Criteria } from '@/lib/criteria'
import type { Dashboard } from './api'
import type { ExecutiveSearch, Range as Period } from './range'

export type Covered = {
  criteria: Criteria | undefined
  range: Period
  search: ExecutiveSearch
  onChange: (part: Partial<ExecutiveSearch>) => void
  onPeek: (id: string) => void
}

export type CardProps = { data: Dashboard; covered: Covered }

/** Shares are of ARR, but of accounts where that was chosen or there is no ARR. */
export const countedBy = ({ kpis }: Dashboard, { by }: ExecutiveSearch) => by ?? (kpis.total_arr.arr > 0 ? 'arr' : 'accounts')
