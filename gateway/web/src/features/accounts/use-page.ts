// What the page knows besides its rows: names, fields, columns, and what cells and the builder need of them.
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { builderContext, type BuilderContext } from '@/components/criteria-builder/context'
import type { FieldInfo } from '@/components/criteria-builder/field-types'
import { peopleQuery, stagesQuery, type AllNames, type PersonName, type StageName } from '@/lib/names'
import type { CellContext } from './cells'
import { allColumns, type Column } from './columns'
import { facetsQuery, fieldsQuery } from './names-api'

export type PageContext = { cells: CellContext; columns: Column[]; builder: BuilderContext; names: AllNames; fields: FieldInfo[] }

const NO_STAGES: StageName[] = []
const NO_PEOPLE: PersonName[] = []
const NO_FIELDS: FieldInfo[] = []

export function usePageContext(currency: string, timeZone: string): PageContext {
  const { data: stages = NO_STAGES } = useQuery(stagesQuery)
  const { data: people = NO_PEOPLE } = useQuery(peopleQuery)
  const { data: fields = NO_FIELDS } = useQuery(fieldsQuery)
  return useMemo(() => {
    const cells = { currency, timeZone, stages, people: new Map(people.map(({ id, name }) => [id, name])), colleagues: people.filter((one) => one.isActive) }
    const active = { stages: stages.filter((one) => one.isActive), people }
    return { cells, columns: allColumns(fields), builder: builderContext(fields, active, currency, facetsQuery), names: { stages, people }, fields }
  }, [stages, people, fields, currency, timeZone])
}
