// Who is signed in, with which role; their settings, their other organisations, and the way out.
import { useNavigate } from '@tanstack/react-router'
import { ArrowLeftRight, LogOut, UserRound } from 'lucide-react'
import { Menu } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entries'
import type { Me } from '@/features/auth/api'
import { changePreferences } from '@/features/me/preferences'
import { initials } from '@/lib/format'
import { t } from '@/lib/i18n'
import { preferences, type Preferences } from '@/lib/preferences'
import { roleName } from '@/lib/roles'

const densities = ['comfortable', 'compact'] as const

export function UserMenu({ me, onSignOut }: { me: Me; onSignOut: () => void }) {
  const navigate = useNavigate()
  const { density } = preferences.use()
  const entries: MenuEntry[] = [
    { content: <Person me={me} /> },
    'line',
    { label: t('user.settings'), icon: <UserRound aria-hidden />, onSelect: () => void navigate({ to: '/dashboard/me' }) },
    ...(me.tenants.length > 1 ? [{ label: t('user.tenants'), icon: <ArrowLeftRight aria-hidden />, onSelect: () => void navigate({ to: '/tenant', search: {} }) }] : []),
    'line',
    { title: t('density.label') },
    { value: density, options: densities.map((value) => ({ value, label: t(`density.${value}`) })), onPick: (value) => changePreferences({ density: value as Preferences['density'] }) },
    'line',
    { label: t('user.signOut'), icon: <LogOut aria-hidden />, onSelect: onSignOut },
  ]
  return (
    <Menu
      className="w-64"
      entries={entries}
      trigger={{
        className: 'grid size-8 place-items-center rounded-full max-md:size-9',
        label: t('user.menu', { name: me.full_name }),
        title: me.full_name,
        children: (
          <span aria-hidden className="grid size-7 place-items-center rounded-full bg-primary text-xs font-semibold text-primary-foreground">
            {initials(me.full_name)}
          </span>
        ),
      }}
    />
  )
}

function Person({ me }: { me: Me }) {
  return (
    <div className="px-2 py-1.5">
      <bdi className="block truncate text-sm font-semibold">{me.full_name}</bdi>
      <span className="quiet block truncate">{me.email}</span>
      <span className="quiet block truncate">{roleName(me.role)}</span>
    </div>
  )
}
