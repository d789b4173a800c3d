// The fields of the account that is shown, with the colleagues that some of them choose from.
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { colleaguesQuery } from '../api'
import { useShown } from '../shown'
import { fieldsOf } from './field-list'

export function useFields() {
  const { page } = useShown()
  const { data } = useQuery(colleaguesQuery)
  return useMemo(() => fieldsOf(page, (data ?? []).map((one) => ({ value: one.user_id, label: one.full_name }))), [page, data])
}
