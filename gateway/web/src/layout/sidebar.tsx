// The side of the frame: fixed from 768 px on, a sheet below that.
import { useState } from 'react'
import { Dialog } from 'radix-ui'
import { Menu as MenuIcon, PanelLeft, X } from 'lucide-react'
import { Brand, BrandMark } from '@/components/brand'
import { buttonClass } from '@/components/ui/button'
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

export function SidebarSheet() {
  const [open, setOpen] = useState(false)
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className={`${buttonClass('ghost', 'icon')} md:hidden`} aria-label={t('nav.open')}>
        <MenuIcon aria-hidden />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content aria-describedby={undefined} className="fixed inset-y-0 start-0 z-50 flex w-72 max-w-[85vw] animate-sheet flex-col gap-5 overflow-y-auto border-e bg-sidebar p-3 shadow-float">
          <div className="flex items-center justify-between">
            <Dialog.Title asChild>
              <div>
                <Brand className="px-1.5" />
              </div>
            </Dialog.Title>
            <Dialog.Close className={buttonClass('ghost', 'icon')} aria-label={t('nav.close')}>
              <X aria-hidden />
            </Dialog.Close>
          </div>
          <Nav onGo={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
