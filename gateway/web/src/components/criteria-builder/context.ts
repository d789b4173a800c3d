// What every part of the builder needs from the page that uses it: fields, names, and how often a value occurs.
import { createContext, use } from 'react'
import type { Criteria } from '@/lib/criteria'
import type { Facet, FieldInfo, Names } from './field-types'
import type { Vocabulary } from './names'

export type BuilderContext = {
  fields: FieldInfo[]
  vocabulary: Vocabulary
  /** a hook: the values of a field, of the accounts that meet the other conditions */
  useFacets: (field: string, others: Criteria | undefined) => { data?: Facet[]; isPending: boolean }
}

export function builderContext(fields: FieldInfo[], names: Names, currency: string, useFacets: BuilderContext['useFacets']): BuilderContext {
  return { fields, vocabulary: { fields: new Map(fields.map((one) => [one.field, one])), names, currency }, useFacets }
}

const Context = createContext<BuilderContext | null>(null)
export const BuilderProvider = Context.Provider

export function useBuilder() {
  const found = use(Context)
  if (!found) throw new Error('the builder stands outside of its provider')
  return found
}
