// Which accounts the page covers: the criteria that its address stands for. Pure.
import { allOf, where, type Criteria } from '@/lib/criteria'
import type { ExecutiveSearch } from './range'

export type Named = { id: string; name: string }
export type View = Named & { criteria: Criteria | null }

/** Without a status only Active accounts; `all` leaves the lost ones out, as the server does by itself. */
export function criteriaOf({ view, csm, stage, status }: ExecutiveSearch, views: View[]): Criteria | undefined {
  return allOf(
    views.find((one) => one.id === view)?.criteria,
    csm ? (csm === 'none' ? where('csm', 'is_not_set') : where('csm', 'eq', csm)) : undefined,
    stage ? where('stage', 'eq', stage) : undefined,
    status === 'all' ? undefined : where('status', 'eq', status ?? 'Active'),
  )
}
