// The builder's context for a page that has no list of its own: fields and names as the server has them.
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { builderContext } from './context'
import type { FieldInfo } from './field-types'
import { useNames } from '@/lib/names'
import { facetsQuery, fieldsQuery } from './names-api'

const NO_FIELDS: FieldInfo[] = []

export function useBuilderContext(currency: string) {
  const names = useNames()
  const { data: fields = NO_FIELDS } = useQuery(fieldsQuery)
  const builder = useMemo(() => builderContext(fields, { stages: names.stages.filter((one) => one.isActive), people: names.people }, currency, facetsQuery), [fields, names, currency])
  return { builder, names }
}
