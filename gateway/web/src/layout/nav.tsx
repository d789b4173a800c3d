// The links to the pages; the narrow rail between 768 and 1024 px shows only their icons.
import { Link } from '@tanstack/react-router'
import { Building2 } from 'lucide-react'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'

const pages = [{ to: '/dashboard/accounts', label: 'nav.accounts', icon: Building2 }] as const

export function Nav({ rail, onGo }: { rail?: boolean; onGo?: () => void }) {
  return (
    <nav aria-label={t('nav.label')}>
      <ul className="space-y-0.5">
        {pages.map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              onClick={onGo}
              title={rail ? t(label) : undefined}
              className="flex h-9 items-center gap-2.5 rounded-md px-2.5 text-muted-foreground hover:bg-accent hover:text-foreground"
              activeProps={{ className: 'bg-accent font-medium text-foreground!' }}
            >
              <Icon aria-hidden className="size-4 shrink-0" />
              <span className={cn(rail && 'max-lg:sr-only')}>{t(label)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
