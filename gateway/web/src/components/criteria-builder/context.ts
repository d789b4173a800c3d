// What every part of the builder needs from the page that uses it: fields, names, and how often a value occurs.
import { createContext, use } from 'react'
import type { Criteria } from '@/lib/criteria'
import type { Facet, FieldInfo, Names } from './field-types'
import type { Vocabulary } from './names'

export type FacetsQuery = { queryKey: readonly unknown[]; queryFn: (context: { signal: AbortSignal }) => Promise<Facet[]> }

export type BuilderContext = {
  fields: FieldInfo[]
  vocabulary: Vocabulary
  /** how to ask for the values of a field, of the accounts that meet the other conditions */
  facetsOf: (field: string, others: Criteria | undefined) => FacetsQuery
}

export function builderContext(fields: FieldInfo[], names: Names, currency: string, facetsOf: BuilderContext['facetsOf']): BuilderContext {
  return { fields, vocabulary: { fields: new Map(fields.map((one) => [one.field, one])), names, currency }, facetsOf }
}

const Context = createContext<BuilderContext | null>(null)
export const BuilderProvider = Context.Provider

export function useBuilder() {
  const found = use(Context)
  if (!found) throw new Error('the builder stands outside of its provider')
  return found
}
