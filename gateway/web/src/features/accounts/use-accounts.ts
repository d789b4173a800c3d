// All the list shows, as one answer: rows and summary of the same filter. The last answer stays until the next is whole. What
// changes meanwhile waits behind a button where it would move rows that someone is looking at.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLastDefined } from '@/lib/hooks'
import { useLive } from '@/lib/live'
import { ACCOUNTS, accountsQuery, PAGE_SIZE, summaryQuery, TOPICS, type Account, type Summary } from './api'
import type { Filter } from '@/lib/account-filter'
import { serverSort, type AccountSearch } from './search'

export type AccountList = {
  rows: Account[]
  /** accounts that match the filter, loaded or not */
  found: number
  /** accounts without any filter */
  total: number
  summary: Summary
  /** what the filter names that is gone, and what to do */
  problem: string | null
  filter: Filter
  loadedAt: number
}

export function useAccounts({ q, level, criteria, sort, layout }: AccountSearch, busy: boolean) {
  const client = useQueryClient()
  const list = useInfiniteQuery(accountsQuery({ q, level, criteria }, layout === 'tree' ? 'tree' : serverSort(sort)))
  const all = useQuery(summaryQuery(undefined))
  const [waiting, setWaiting] = useState(0)

  const current = useMemo((): AccountList | undefined => {
    const first = list.data?.pages[0]
    if (!list.data || !first?.summary || !all.data) return undefined
    return {
      rows: list.data.pages.flatMap((page) => page.rows),
      found: first.summary.accounts,
      total: all.data.accounts,
      summary: first.summary,
      problem: first.problem,
      filter: { q, level, criteria },
      loadedAt: list.dataUpdatedAt,
    }
  }, [list.data, list.dataUpdatedAt, all.data, q, level, criteria])

  const refresh = useCallback(() => {
    setWaiting(0)
    // a hidden tab asks again once it is looked at
    void client.invalidateQueries({ queryKey: ACCOUNTS, refetchType: document.hidden ? 'none' : 'active' })
  }, [client])
  const loaded = current?.rows.length ?? 0
  const quiet = useRef(true)
  useEffect(() => {
    quiet.current = loaded <= PAGE_SIZE && !busy
  }, [loaded, busy])
  const changed = useCallback(() => (quiet.current && scrollY < 200 ? refresh() : setWaiting((n) => n + 1)), [refresh])
  useLive(TOPICS, changed)

  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list
  const more = useCallback(() => void (hasNextPage && !isFetchingNextPage && fetchNextPage()), [fetchNextPage, hasNextPage, isFetchingNextPage])
  return {
    data: useLastDefined(current),
    /** whether `data` is still that of an earlier filter or sort */
    isOutdated: current === undefined,
    isFetching: list.isFetching || all.isFetching,
    error: list.error ?? all.error,
    /** changes that the list does not show yet */
    waiting,
    refresh,
    more,
  }
}
