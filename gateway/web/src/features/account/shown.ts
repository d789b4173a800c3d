// What the parts of an account's page share: the account, who reads it, what they may do, and how to go elsewhere.
import { createContext, useContext } from 'react'
import type { AccountPage } from './api'
import type { AccountSearch360 } from './search'

export type Reader = { id: string; name: string; tenant: string | undefined; /** in the whole organization; `may` is for this account */ permissions: string[] }
export type OpenDialog = 'log' | 'stage' | 'playbook' | 'override' | 'move' | 'merge' | 'delete'

export type Shown = {
  id: string
  page: AccountPage
  reader: Reader
  currency: string
  timeZone: string
  search: AccountSearch360
  onChange: (part: Partial<AccountSearch360>) => void
  onDialog: (dialog: OpenDialog) => void
  may: (action: string) => boolean
  /** a moment of the last minute, the same for all parts */
  now: number
}

export const ShownContext = createContext<Shown | null>(null)

export function useShown(): Shown {
  const shown = useContext(ShownContext)
  if (!shown) throw new Error('outside of an account')
  return shown
}
