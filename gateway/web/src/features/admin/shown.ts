// What every section knows: who looks, what they may, the address, and where the head of the page takes more.
import { createContext, use } from 'react'
import type { AdminSearch } from './search'

export type Reader = { user_id: string; full_name: string; permissions: string[]; tenant: { id: string; name: string; slug: string; settings: { currency?: string; time_zone?: string } } | null }

export type Shown = {
  me: Reader
  currency: string
  timeZone: string
  /** whether this section may be changed */
  mayEdit: boolean
  search: AdminSearch
  onChange: (part: Partial<AdminSearch>) => void
  onPeek: (account: string) => void
  head: HTMLElement | null
  /** at whose end the bar of what is not saved stands */
  panel: HTMLElement | null
}

export const ShownContext = createContext<Shown | null>(null)

export function useShown() {
  const shown = use(ShownContext)
  if (!shown) throw new Error('a section stands outside of its page')
  return shown
}
