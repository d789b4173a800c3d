// Asks for the figures before the page's own code is there. A saved view has to be read first, and then waits for that.
import type { QueryClient } from '@tanstack/react-query'
import { dashboardQuery } from './api'
import { rangeOf, type ExecutiveSearch } from './range'
import { criteriaOf } from './segment'

export function prefetchExecutive(client: QueryClient, search: ExecutiveSearch) {
  if (!search.view) void client.prefetchQuery(dashboardQuery(criteriaOf(search, []), rangeOf(search)))
}
