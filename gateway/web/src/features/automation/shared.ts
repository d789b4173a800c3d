// What the parts of automation share: who reads, what they may do, money and time, and the names behind ids.
import { createContext, use } from 'react'
import type { BuilderContext } from '@/components/criteria-builder/context'
import type { AllNames } from '@/lib/names'

export type Shared = {
  tenant: string | undefined
  /** the reader's own name, under which what they saved stands */
  userId: string
  currency: string
  timeZone: string
  may: (action: string) => boolean
  builder: BuilderContext
  names: AllNames
}

const Context = createContext<Shared | null>(null)
export const SharedProvider = Context.Provider

export function useShared(): Shared {
  const shared = use(Context)
  if (!shared) throw new Error('outside of automation')
  return shared
}
