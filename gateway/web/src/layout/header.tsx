// The bar above every page: where one is, the search, my tasks, whether it is live, colours, the person.
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { ListTodo, Search } from 'lucide-react'
import { message } from '@/components/states'
import { IconButton } from '@/components/ui/button'
import type { Me } from '@/features/auth/api'
import { signOut } from '@/features/auth/session'
import { tasksQuery } from '@/features/tasks/api'
import { ticked } from '@/features/tasks/done'
import { t } from '@/lib/i18n'
import { written } from '@/lib/shortcuts'
import { fail } from '@/lib/toasts'
import { Breadcrumb } from './breadcrumb'
import { LiveDot } from './live-dot'
import { SidebarSheet } from './sidebar'
import { ThemeMenu } from './theme-menu'
import { UserMenu } from './user-menu'

export function Header({ me, onSearch, onTasks }: { me: Me; onSearch: () => void; onTasks: () => void }) {
  const router = useRouter()
  const leave = () => void signOut(router).catch((error: unknown) => fail(t('user.signOutFailed', { message: message(error) })))
  return (
    <header data-shell="header" className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-background px-6 max-md:gap-0.5 max-md:px-2">
      <SidebarSheet />
      <Breadcrumb tenant={me.tenant?.name} />
      {me.tenant && (
        <>
          <button
            type="button"
            onClick={onSearch}
            aria-label={t('palette.open')}
            aria-keyshortcuts="Control+K"
            className="quiet small flex h-8 w-62 items-center gap-2 rounded-control border bg-card px-2 hover:bg-accent max-md:size-9 max-md:justify-center max-md:border-0 max-md:bg-transparent max-lg:w-44"
          >
            <Search aria-hidden className="size-4 shrink-0" strokeWidth={1.5} />
            <span className="flex-1 truncate text-start max-md:hidden">{t('palette.open')}</span>
            <kbd className="max-lg:hidden">{written('mod+k')}</kbd>
          </button>
          <LiveDot />
          <TasksButton onClick={onTasks} />
        </>
      )}
      <ThemeMenu />
      <UserMenu me={me} onSignOut={leave} />
    </header>
  )
}

function TasksButton({ onClick }: { onClick: () => void }) {
  const { data = [] } = useQuery(tasksQuery)
  const gone = ticked.use()
  const open = data.filter(({ id }) => !gone.has(id))
  const overdue = open.filter((one) => one.is_overdue).length
  const label = open.length > 0 ? t('tasks.open', { n: open.length, overdue }) : t('tasks.title')
  return (
    <IconButton label={label} onClick={onClick} className="relative">
      <ListTodo aria-hidden />
      {open.length > 0 && (
        <span aria-hidden className={`num absolute end-0 top-0 grid h-4 min-w-4 place-items-center rounded-full px-1 text-xs leading-none font-semibold ${overdue > 0 ? 'bg-critical-bg text-critical-fg' : 'bg-accent text-foreground'}`}>
          {open.length > 99 ? '99+' : open.length}
        </span>
      )}
    </IconButton>
  )
}
