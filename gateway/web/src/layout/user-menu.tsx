// Who is signed in, with which role; their settings, their other organisations, and the way out.
import { useNavigate } from '@tanstack/react-router'
import { ArrowLeftRight, LogOut, UserRound } from 'lucide-react'
import { Menu, MenuContent, MenuItem, MenuRadioGroup, MenuRadioItem, MenuSeparator, MenuTitle, MenuTrigger } from '@/components/ui/menu'
import type { Me } from '@/features/auth/api'
import { changePreferences } from '@/features/me/preferences'
import { initials } from '@/lib/format'
import { t } from '@/lib/i18n'
import { preferences, type Preferences } from '@/lib/preferences'
import { roleName } from '@/lib/roles'

export function UserMenu({ me, onSignOut }: { me: Me; onSignOut: () => void }) {
  const navigate = useNavigate()
  const { density } = preferences.use()
  return (
    <Menu>
      <MenuTrigger aria-label={t('user.menu', { name: me.full_name })} title={me.full_name} className="grid size-8 place-items-center rounded-full max-md:size-9">
        <span aria-hidden className="grid size-7 place-items-center rounded-full bg-primary text-xs font-semibold text-primary-foreground">
          {initials(me.full_name)}
        </span>
      </MenuTrigger>
      <MenuContent className="w-64">
        <div className="px-2 py-1.5">
          <bdi className="block truncate text-sm font-semibold">{me.full_name}</bdi>
          <span className="quiet block truncate">{me.email}</span>
          <span className="quiet block truncate">{roleName(me.role)}</span>
        </div>
        <MenuSeparator />
        <MenuItem onSelect={() => void navigate({ to: '/dashboard/me' })}>
          <UserRound aria-hidden />
          {t('user.settings')}
        </MenuItem>
        {me.tenants.length > 1 && (
          <MenuItem onSelect={() => void navigate({ to: '/tenant', search: {} })}>
            <ArrowLeftRight aria-hidden />
            {t('user.tenants')}
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuTitle>{t('density.label')}</MenuTitle>
        <MenuRadioGroup value={density} onValueChange={(value) => changePreferences({ density: value as Preferences['density'] })}>
          <MenuRadioItem value="comfortable">{t('density.comfortable')}</MenuRadioItem>
          <MenuRadioItem value="compact">{t('density.compact')}</MenuRadioItem>
        </MenuRadioGroup>
        <MenuSeparator />
        <MenuItem onSelect={onSignOut}>
          <LogOut aria-hidden />
          {t('user.signOut')}
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
