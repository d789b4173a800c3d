// Which role may do what, as the server has it; a browser test holds the two together.
import type { ROLES } from '@/lib/roles'

type Role = (typeof ROLES)[number]
const all: Role[] = ['Viewer', 'Contributor', 'Practitioner', 'Tenant Admin']
const working = all.slice(1)
const editing = all.slice(2)
const admin = all.slice(3)

export const RIGHTS = {
  'people.read': all,
  'stage.read': all,
  'account.read': all,
  'playbook.read': working,
  'playbook.run': working,
  'stage.move': working,
  'activity.log': working,
  'view.save': all,
  'view.share': editing,
  'account.edit': editing,
  'account.delete': admin,
  'usage.record': editing,
  'score.override': editing,
  'activity.edit': admin,
  'view.delete': admin,
  'playbook.edit': admin,
  'stage.edit': admin,
  'field.edit': admin,
  'score.import': admin,
  'health.edit': admin,
  'people.edit': admin,
  'tenant.edit': admin,
  'audit.read': admin,
} as const satisfies Record<string, Role[]>
export type Right = keyof typeof RIGHTS
export const COLUMNS = all
