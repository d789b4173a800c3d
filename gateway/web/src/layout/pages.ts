// The pages of the sidebar, with the keys that lead to them.
import { Building2, ChartNoAxesColumn, Kanban, Settings2, Zap } from 'lucide-react'

/** `permission`: without it the page is not offered, and says itself who may see it. */
export const pages = [
  { to: '/dashboard/executive', label: 'nav.executive', icon: ChartNoAxesColumn, keys: 'g e' },
  { to: '/dashboard/accounts', label: 'nav.accounts', icon: Building2, keys: 'g a' },
  { to: '/dashboard/journey', label: 'nav.journey', icon: Kanban, keys: 'g j' },
  { to: '/dashboard/automation', label: 'nav.automation', icon: Zap, keys: 'g u' },
  { to: '/dashboard/admin', label: 'nav.admin', icon: Settings2, keys: 'g d', permission: 'account.edit' },
] as const

export const pagesFor = (permissions: readonly string[]) => pages.filter((page) => !('permission' in page) || permissions.includes(page.permission))
