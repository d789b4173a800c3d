// The bar above every page: the tenant's name, colours, the person.
import { useState } from 'react'
import { useRouter } from '@tanstack/react-router'
import type { Me } from '@/features/auth/api'
import { signOut } from '@/features/auth/session'
import { announce } from '@/lib/announce'
import { t, type Key } from '@/lib/i18n'
import { SidebarSheet } from './sidebar'
import { ThemeMenu } from './theme-menu'
import { UserMenu } from './user-menu'

export function Header({ me }: { me: Me }) {
  const router = useRouter()
  const [problem, setProblem] = useState('')

  async function leave() {
    try {
      await signOut(router)
    } catch (error) {
      const text = t('user.signOutFailed', { message: error instanceof Error ? error.message : '' })
      setProblem(text)
      announce(text, 'assertive')
    }
  }

  return (
    <header className="sticky top-0 z-30 border-b bg-background">
      <div className="flex h-12 items-center gap-2 px-3 sm:px-5">
        <SidebarSheet />
        <p className="min-w-0 flex-1 truncate font-semibold">{me.tenant?.name}</p>
        <ThemeMenu />
        <UserMenu name={me.full_name} email={me.email} role={roleName(me.role)} onSignOut={() => void leave()} />
      </div>
      {problem && <p className="border-t bg-critical-bg px-5 py-2 text-critical-fg">{problem}</p>}
    </header>
  )
}

const roles: Record<string, Key> = {
  Practitioner: 'role.Practitioner',
  Contributor: 'role.Contributor',
  Viewer: 'role.Viewer',
  'Tenant Admin': 'role.Tenant Admin',
}
const roleName = (role: string | null) => (role && roles[role] ? t(roles[role] as 'role.Viewer') : (role ?? ''))
