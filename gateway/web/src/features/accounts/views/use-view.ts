// Which view the list shows, what was changed of it, and what each of the tabs stands for.
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { Criteria } from '@/lib/criteria'
import { viewSearch, viewSettings } from '@/lib/view-search'
import { accountViewsQuery, type SavedView } from '@/lib/views'
import { likedQuery } from '../preferences-api'
import type { AccountSearch } from '../search'
import { STANDARD, standardCriteria, standardName, type StandardView } from './standard'

export type Tab = {
  id: string
  name: string
  criteria: Criteria | undefined
  search: AccountSearch
  /** absent for those that are always there */
  saved?: SavedView
}

const isStandard = (id: string): id is StandardView => (STANDARD as readonly string[]).includes(id)

export function useView(search: AccountSearch, me: string) {
  const { data: views } = useQuery(accountViewsQuery)
  const { data: liked } = useQuery(likedQuery)
  return useMemo(() => {
    const standard = STANDARD.map((id): Tab => {
      const criteria = standardCriteria(id, me)
      return { id, name: standardName(id), criteria, search: { view: id === 'all' && !liked?.view ? undefined : id, criteria } }
    })
    const saved = (views ?? []).map((view): Tab => ({ id: view.id, name: view.name, criteria: view.criteria ?? undefined, search: viewSearch(view), saved: view }))
    const tabs = [...standard, ...saved]
    const current = tabs.find((tab) => tab.id === search.view) ?? tabs[0]!
    return { tabs, current, isChanged: search.view !== undefined && !isStandard(search.view) && !views ? false : isChanged(search, current), liked, isReady: views !== undefined && liked !== undefined }
  }, [views, liked, search, me])
}

const essence = ({ q, level, criteria, sort, cols, layout }: AccountSearch) => JSON.stringify([q ?? null, level ?? null, criteria ?? null, sort ?? null, cols ?? null, layout ?? null])

function isChanged(search: AccountSearch, { search: kept, saved }: Tab) {
  const before = saved ? { criteria: saved.criteria ?? undefined, ...viewSettings(saved.settings) } : { criteria: kept.criteria }
  // columns of a view that is always there are the person's own
  return essence(saved ? search : { ...search, cols: undefined }) !== essence(before)
}

export type ViewState = ReturnType<typeof useView>
export type Me = { user_id: string; permissions: string[] }
