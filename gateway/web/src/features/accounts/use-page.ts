// What the page knows besides its rows: names, fields, columns, and what cells and the builder need of them.
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { builderContext, type BuilderContext } from '@/components/criteria-builder/context'
import type { FieldInfo } from '@/components/criteria-builder/field-types'
import type { CellContext } from './cells'
import { allColumns, type Column } from './columns'
import { facetsQuery, fieldsQuery, namesQuery, type AllNames } from '@/components/criteria-builder/names-api'

export type PageContext = { cells: CellContext; columns: Column[]; builder: BuilderContext; names: AllNames; fields: FieldInfo[] }

const NONE: AllNames = { stages: [], people: [] }
const NO_FIELDS: FieldInfo[] = []

export function usePageContext(currency: string, timeZone: string): PageContext {
  const { data: names = NONE } = useQuery(namesQuery)
  const { data: fields = NO_FIELDS } = useQuery(fieldsQuery)
  return useMemo(() => {
    const cells = { currency, timeZone, stages: names.stages, people: new Map(names.people.map(({ id, name }) => [id, name])) }
    const active = { stages: names.stages.filter((one) => one.isActive), people: names.people }
    return { cells, columns: allColumns(fields), builder: builderContext(fields, active, currency, facetsQuery), names, fields }
  }, [names, fields, currency, timeZone])
}
