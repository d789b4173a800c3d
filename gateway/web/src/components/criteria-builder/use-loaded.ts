// The builder's fields and names, as the server has them; undefined until both are there.
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { builderContext } from './context'
import { facetsQuery, fieldsQuery, namesQuery } from './names-api'

export function useLoadedBuilder(currency: string) {
  const { data: names } = useQuery(namesQuery)
  const { data: fields } = useQuery(fieldsQuery)
  return useMemo(() => names && fields && builderContext(fields, { stages: names.stages.filter((one) => one.isActive), people: names.people }, currency, facetsQuery), [names, fields, currency])
}
