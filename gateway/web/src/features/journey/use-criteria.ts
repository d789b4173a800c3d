// What the filter of the board comes to in the server's criteria.
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { criteriaOf, words } from '@/lib/account-filter'
import { allOf, where } from '@/lib/criteria'
import { peopleQuery, stagesQuery } from '@/lib/names'
import type { JourneySearch } from './search'

export function useCriteria({ q, level, criteria, mine }: JourneySearch, me: string) {
  const hasText = words(q).length > 0
  const stages = useQuery({ ...stagesQuery, enabled: hasText })
  const people = useQuery({ ...peopleQuery, enabled: hasText })
  const value = useMemo(() => {
    const found = criteriaOf({ q, level, criteria }, { stages: stages.data ?? [], people: people.data ?? [] })
    return allOf(mine && where('csm', 'in', [me]), found)
  }, [q, level, criteria, mine, me, stages.data, people.data])
  // a text may be the name of a stage or a person
  return { value, ready: !hasText || (stages.data !== undefined && people.data !== undefined) || stages.isError || people.isError }
}
