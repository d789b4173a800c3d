// What the page knows besides its rows: names, fields, columns, and what cells and the builder need of them.
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { builderContext, type BuilderContext } from '@/components/criteria-builder/context'
import type { FieldInfo } from '@/components/criteria-builder/field-types'
import { useNames, type AllNames } from '@/lib/names'
import type { CellContext } from './cells'
import { allColumns, type Column } from './columns'
import { facetsQuery, fieldsQuery } from '@/components/criteria-builder/names-api'

export type PageContext = { cells: CellContext; columns: Column[]; builder: BuilderContext; names: AllNames; fields: FieldInfo[] }

const NO_FIELDS: FieldInfo[] = []

export function usePageContext(currency: string, timeZone: string): PageContext {
  const names = useNames()
  const { data: fields = NO_FIELDS } = useQuery(fieldsQuery)
  return useMemo(() => {
    const { stages, people } = names
    const cells = { currency, timeZone, stages, people: new Map(people.map(({ id, name }) => [id, name])), colleagues: people.filter((one) => one.isActive) }
    const active = { stages: stages.filter((one) => one.isActive), people }
    return { cells, columns: allColumns(fields), builder: builderContext(fields, active, currency, facetsQuery), names, fields }
  }, [names, fields, currency, timeZone])
}
