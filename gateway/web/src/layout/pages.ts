// The pages of the sidebar, with the keys that lead to them.
import { Building2, ChartNoAxesColumn } from 'lucide-react'

export const pages = [
  { to: '/dashboard/executive', label: 'nav.executive', icon: ChartNoAxesColumn, keys: 'g e' },
  { to: '/dashboard/accounts', label: 'nav.accounts', icon: Building2, keys: 'g a' },
] as const
