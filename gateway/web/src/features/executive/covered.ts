// What the page covers: the accounts and the time, as its address has them, and how either is changed.
import type { Criteria } from '@/lib/criteria'
import type { Dashboard } from './api'
import type { ExecutiveSearch, rangeOf } from './range'

export type Covered = {
  criteria: Criteria | undefined
  range: ReturnType<typeof rangeOf>
  search: ExecutiveSearch
  onChange: (part: Partial<ExecutiveSearch>) => void
  onPeek: (id: string) => void
}

export type CardProps = { data: Dashboard; covered: Covered }
