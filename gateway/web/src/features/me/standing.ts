// Where a person stands in the organization they want to leave: what they look after, who could take over, whether they are
// its last administrator. Pure.
import type { Member } from './api'

export function standing(members: Member[], user_id: string) {
  const others = members.filter((one) => one.user_id !== user_id)
  const own = members.find((one) => one.user_id === user_id)
  return {
    accounts: own?.accounts ?? 0,
    others,
    isLastAdmin: own?.role === 'Tenant Admin' && !others.some((one) => one.role === 'Tenant Admin'),
  }
}
