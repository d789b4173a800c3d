// Who is signed in, with which role, and the way out.
import { LogOut } from 'lucide-react'
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu'
import { initials } from '@/lib/format'
import { t } from '@/lib/i18n'

type Props = { name: string; email: string; role: string; onSignOut: () => void }

export function UserMenu({ name, email, role, onSignOut }: Props) {
  return (
    <Menu>
      <MenuTrigger aria-label={t('user.menu', { name })} className="flex h-9 items-center gap-2.5 rounded-md px-1.5 text-left hover:bg-accent">
        <span aria-hidden className="grid size-7 place-items-center rounded-full bg-primary text-xs font-semibold text-primary-foreground">
          {initials(name)}
        </span>
        <span className="max-w-40 truncate text-[13px] font-medium max-sm:hidden">{name}</span>
      </MenuTrigger>
      <MenuContent className="w-60">
        <div className="px-2 py-1.5">
          <p className="truncate font-medium">{name}</p>
          <p className="truncate text-[13px] text-muted-foreground">{email}</p>
          <p className="mt-1.5 inline-block rounded bg-muted px-1.5 py-0.5 text-xs font-medium">{role}</p>
        </div>
        <MenuSeparator />
        <MenuItem onSelect={onSignOut}>
          <LogOut aria-hidden />
          {t('user.signOut')}
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
