// The database roles of the tenant by name: who each is linked to, and whether it was offered, so that it can be linked here. Pure.
import type { Login, Offer } from './people-api'

export type DatabaseRole = { role: string; user_id: string | null; linked_at: string | null; isOffered: boolean }

export function rolesOf(logins: Login[], offers: Offer[]): DatabaseRole[] {
  const names = [...new Set([...logins, ...offers].map((one) => one.role_name))].toSorted()
  return names.map((role) => {
    const login = logins.find((one) => one.role_name === role)
    return { role, user_id: login?.user_id ?? null, linked_at: login?.created_at ?? null, isOffered: offers.some((one) => one.role_name === role) }
  })
}
