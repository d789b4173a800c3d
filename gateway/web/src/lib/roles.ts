// The names of the roles, in the reader's language.
import { t, type Key } from './i18n'

/** The likeliest for a newcomer first. */
export const ROLES = ['Practitioner', 'Contributor', 'Viewer', 'Tenant Admin'] as const

const roles: Record<string, Key> = {
  Practitioner: 'role.Practitioner',
  Contributor: 'role.Contributor',
  Viewer: 'role.Viewer',
  'Tenant Admin': 'role.Tenant Admin',
}

export const roleName = (role: string | null) => (role && roles[role] ? t(roles[role] as 'role.Viewer') : (role ?? ''))
