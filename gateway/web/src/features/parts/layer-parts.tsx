// What floats: a dialog, toasts, a menu, each opened from here.
import { useState } from 'react'
import { Copy, Printer } from 'lucide-react'
import { ToastCard } from '@/components/toast-list'
import { Button, buttonClass } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Drawer } from '@/components/ui/drawer'
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { fail, toast } from '@/lib/toasts'

export function LayerParts() {
  const [open, setOpen] = useState<'dialog' | 'drawer'>()
  const close = () => setOpen(undefined)
  return (
    <>
      <Panel title={t('parts.toasts')}>
        <div className="pad grid justify-items-start gap-3">
          <ToastCard one={{ id: -1, text: t('tasks.done', { task: 'Call Dana' }), tone: 'plain', action: { label: t('undo'), run: () => undefined } }} />
          <ToastCard one={{ id: -2, text: t('tasks.failed', { task: 'Call Dana', message: t('error.unreachable') }), tone: 'error' }} />
          <div className="flex flex-wrap gap-2">
            <Button look="outline" onClick={() => toast(t('copied'))}>
              {t('parts.toast')}
            </Button>
            <Button look="outline" onClick={() => fail(t('error.timeout'))}>
              {t('parts.failure')}
            </Button>
          </div>
        </div>
      </Panel>
      <Panel title={t('parts.layers')}>
        <div className="pad flex flex-wrap gap-2">
          <Menu>
            <MenuTrigger className={buttonClass('outline')}>{t('parts.menu')}</MenuTrigger>
            <MenuContent align="start">
              <MenuItem>
                <Copy aria-hidden />
                {t('chart.link')}
              </MenuItem>
              <MenuItem>
                <Printer aria-hidden />
                {t('exec.print')}
              </MenuItem>
              <MenuSeparator />
              <MenuItem danger>{t('tokens.end')}</MenuItem>
            </MenuContent>
          </Menu>
          <Button look="outline" onClick={() => setOpen('dialog')}>
            {t('parts.dialog')}
          </Button>
          <Button look="outline" onClick={() => setOpen('drawer')}>
            {t('parts.drawer')}
          </Button>
        </div>
        {open === 'dialog' && (
          <Dialog title={t('tokens.endTitle', { name: 'n8n' })} description={t('tokens.endText')} onClose={close} footer={<><Button look="ghost" onClick={close}>{t('cancel')}</Button><Button look="danger" onClick={close}>{t('tokens.endSubmit')}</Button></>} />
        )}
        {open === 'drawer' && (
          <Drawer label={t('parts.drawer')} head={<h2 className="title">{t('parts.drawer')}</h2>} onClose={close} footer={<Button>{t('parts.primary')}</Button>}>
            <p>{t('accounts.emptyText')}</p>
          </Drawer>
        )}
      </Panel>
    </>
  )
}
