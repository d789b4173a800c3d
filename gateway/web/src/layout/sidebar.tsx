// The side of the frame: fixed from 768 px on, a sheet below that.
import { useState } from 'react'
import { Dialog } from 'radix-ui'
import { Menu as MenuIcon, X } from 'lucide-react'
import { Brand, BrandMark } from '@/components/brand'
import { buttonClass } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { Nav } from './nav'

export function Sidebar() {
  return (
    <aside aria-label={t('app.name')} className="sticky top-0 hidden h-dvh w-14 shrink-0 flex-col gap-3 border-r bg-sidebar p-2 md:flex lg:w-58 lg:p-3">
      <Brand className="h-8 px-1.5 max-lg:hidden" />
      <BrandMark className="mx-auto my-1 lg:hidden" />
      <Nav rail />
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
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content aria-describedby={undefined} className="fixed inset-y-0 left-0 z-50 flex w-64 animate-sheet flex-col gap-4 border-r bg-sidebar p-3 shadow-xl">
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
