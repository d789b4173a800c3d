// The fields of the account that is shown, with the colleagues that some of them choose from.
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { activePeopleQuery } from '@/lib/names'
import { useShown } from '../shown'
import { fieldsOf } from './field-list'

export function useFields() {
  const { page } = useShown()
  const { data } = useQuery(activePeopleQuery)
  return useMemo(() => fieldsOf(page, (data ?? []).map((one) => ({ value: one.id, label: one.name }))), [page, data])
}
