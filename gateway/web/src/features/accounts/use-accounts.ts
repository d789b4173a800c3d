// All the list shows, as one answer: rows, summary and levels of the same filter. The last answer stays until the next is whole.
import { useCallback, useMemo } from 'react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLastDefined } from '@/lib/hooks'
import { useLive } from '@/lib/live'
import { ACCOUNTS, accountsQuery, levelsQuery, PAGE_SIZE, TOPICS, type ByLevel, type Summary } from './api'
import type { Filter } from './criteria'
import { withDepth, withoutDepth, type Row } from './family'
import { serverSort, type AccountSearch } from './search'

export type AccountList = {
  rows: Row[]
  /** accounts that match the filter, and how many of them the next page brings */
  found: number
  more: number
  /** accounts without any filter */
  total: number
  summary: Summary
  /** by the text of the filter alone, so that choosing a level keeps the others in sight */
  levels: ByLevel
  filter: Filter
  loadedAt: number
}

export function useAccounts({ q, level, criteria, sort }: AccountSearch) {
  const client = useQueryClient()
  const list = useInfiniteQuery(accountsQuery({ q, level, criteria }, serverSort(sort)))
  const levels = useQuery(levelsQuery({ q, criteria }))
  const all = useQuery(levelsQuery({}))

  const current = useMemo((): AccountList | undefined => {
    const first = list.data?.pages[0]
    if (!list.data || !first?.summary || !levels.data || !all.data) return undefined
    const accounts = list.data.pages.flatMap((page) => page.rows)
    const found = first.summary.accounts
    return {
      rows: sort ? withoutDepth(accounts) : withDepth(accounts),
      found,
      more: list.hasNextPage ? Math.max(1, Math.min(PAGE_SIZE, found - accounts.length)) : 0,
      total: Object.values(all.data).reduce((sum, { accounts: n }) => sum + n, 0),
      summary: first.summary,
      levels: levels.data,
      filter: { q, level, criteria },
      loadedAt: list.dataUpdatedAt,
    }
  }, [list.data, list.dataUpdatedAt, list.hasNextPage, levels.data, all.data, q, level, criteria, sort])

  // a hidden tab asks again once it is looked at
  const refresh = useCallback(() => void client.invalidateQueries({ queryKey: ACCOUNTS, refetchType: document.hidden ? 'none' : 'active' }), [client])
  useLive(TOPICS, refresh)

  return {
    data: useLastDefined(current),
    /** whether `data` is still that of an earlier filter or sort */
    isOutdated: current === undefined,
    isFetching: list.isFetching || levels.isFetching || all.isFetching,
    isFetchingMore: list.isFetchingNextPage,
    error: list.error ?? levels.error ?? all.error,
    refresh,
    showMore: () => void list.fetchNextPage(),
  }
}
