// The columns of the list, each defined once: table, cards and sorting derive from this array.
import type { ReactNode } from 'react'
import type { Key } from '@/lib/i18n'
import { ArrCell, HealthCell, NameCell, OptionalText, RenewalCell, StageCell, StatusCell, type CellProps } from './cells'

type Column<K = string, H = Key> = {
  /** its name in the address */
  key: K
  header: H
  width: string
  align?: 'end'
  /** the field the server sorts by */
  sort: string
  /** the direction of the first press, if not ascending */
  first?: 'desc'
  /** its place on a card, if not in the list of names and values */
  card?: 'title' | 'figure' | 'line'
  Cell: (props: CellProps) => ReactNode
}

const all = [
  { key: 'name', header: 'col.name', width: 'min-w-48', sort: 'name', card: 'title', Cell: NameCell },
  { key: 'health', header: 'col.health', width: 'w-50', sort: 'health_score', card: 'line', Cell: HealthCell },
  { key: 'arr', header: 'col.arr', width: 'w-24', align: 'end', sort: 'arr', first: 'desc', card: 'figure', Cell: ArrCell },
  { key: 'stage', header: 'col.stage', width: 'min-w-34', sort: 'stage', Cell: StageCell },
  { key: 'csm', header: 'col.csm', width: 'w-40 min-w-24', sort: 'csm', Cell: ({ row }) => <OptionalText text={row.csm_name} /> },
  { key: 'status', header: 'col.status', width: 'w-22', sort: 'status', Cell: StatusCell },
  { key: 'renewal', header: 'col.renewal', width: 'w-30', sort: 'contract_end_date', Cell: RenewalCell },
  { key: 'industry', header: 'col.industry', width: 'min-w-22', sort: 'industry', Cell: ({ row }) => <OptionalText text={row.industry} /> },
] as const satisfies readonly Column[]

export type ColumnKey = (typeof all)[number]['key']
export const columns: readonly Column<ColumnKey, (typeof all)[number]['header']>[] = all
