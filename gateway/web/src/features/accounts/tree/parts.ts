// What table and cards of the families are given.
import type { Family } from '../api'
import type { CellContext } from '../cells'
import type { RowActions } from '../row'
import type { TreeRow } from './rows'

/** Which figures are shown: of the account, of its family, or both. */
export type Figures = 'both' | 'own' | 'family'

export type TreeParts = {
  rows: TreeRow[]
  families: Map<string, Family> | undefined
  folded: ReadonlySet<string>
  figures: Figures
  context: CellContext
  open: string | undefined
  actions: RowActions
  onFold: (id: string) => void
  /** whether there are accounts that are not loaded yet */
  hasMore: boolean
  onMore: () => void
}
