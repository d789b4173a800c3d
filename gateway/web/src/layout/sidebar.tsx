// The side of the frame: fixed from 768 px on, a sheet below that.
import { lazy, Suspense, useState } from 'react'
import { Menu as MenuIcon, PanelLeft } from 'lucide-react'
import { Brand, BrandMark } from '@/components/brand'
import { buttonClass, IconButton } from '@/components/ui/button'
import { changePreferences } from '@/features/me/preferences'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import { preferences } from '@/lib/preferences'
import { Nav } from './nav'

export function Sidebar({ timeZone, onHelp }: { timeZone: string; onHelp: () => void }) {
  const { rail } = preferences.use()
  const wide = rail ? 'hidden' : 'max-lg:hidden'
  return (
    <aside aria-label={t('app.name')} className={cn('sticky top-0 hidden h-dvh w-14 shrink-0 flex-col gap-5 overflow-y-auto border-e bg-sidebar px-2 py-3 md:flex', !rail && 'lg:w-58 lg:px-3')}>
      <Brand className={cn('h-8 px-1.5', wide)} />
      <BrandMark className={cn('mx-auto my-0.5', !rail && 'lg:hidden')} />
      <Nav rail narrow={rail} />
      <div className="mt-auto grid gap-1">
        <div className={cn('quiet px-2.5 text-xs leading-4', wide)}>
          <p>{t('nav.zone', { zone: timeZone })}</p>
          <button type="button" onClick={onHelp} className="mt-0.5 inline-flex min-h-6 items-center gap-1 hover:text-foreground">
            {t('nav.keysBefore')} <kbd>{'?'}</kbd> {t('nav.keysAfter')}
          </button>
        </div>
        <button
          type="button"
          onClick={() => changePreferences({ rail: !rail })}
          aria-pressed={rail}
          title={t('nav.rail')}
          aria-label={t('nav.rail')}
          className={cn(buttonClass('ghost', 'icon'), 'max-lg:hidden', rail && 'mx-auto')}
        >
          <PanelLeft aria-hidden className="rtl:-scale-x-100" />
        </button>
      </div>
    </aside>
  )
}

const Sheet = lazy(() => import('./sidebar-sheet'))

export function SidebarSheet() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton label={t('nav.open')} className="md:hidden" aria-expanded={open} onClick={() => setOpen(true)}>
        <MenuIcon aria-hidden />
      </IconButton>
      {open && (
        <Suspense>
          <Sheet onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
