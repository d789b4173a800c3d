// The navigation as a sheet over the page, below 768 px.
import { Dialog } from 'radix-ui'
import { X } from 'lucide-react'
import { Brand } from '@/components/brand'
import { buttonClass } from '@/components/ui/button'
import '@/components/ui/layer-nonce'
import { t } from '@/lib/i18n'
import { Nav } from './nav'

export default function SidebarSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
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
          <Nav onGo={onClose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
