// What floats: a dialog, toasts, a menu, each opened from here.
import { useState } from 'react'
import { Copy, Printer } from 'lucide-react'
import { ConflictDialog } from '@/components/conflict-dialog'
import { ToastCard } from '@/components/toast-list'
import { Button, buttonClass } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Drawer } from '@/components/ui/drawer'
import { Menu } from '@/components/ui/menu'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { fail, toast } from '@/lib/toasts'
import { LONG, people } from './sample'

const nothing = () => undefined

export function LayerParts() {
  const [open, setOpen] = useState<'dialog' | 'drawer' | 'conflict'>()
  const close = () => setOpen(undefined)
  return (
    <>
      <Panel title={t('parts.toasts')}>
        <div className="pad grid justify-items-start gap-3">
          <ToastCard one={{ id: -1, text: t('tasks.done', { task: 'Call Dana' }), tone: 'plain', action: { label: t('undo'), run: nothing } }} />
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
      <Panel id="parts-layers" title={t('parts.layers')}>
        <div className="pad flex flex-wrap gap-2">
          <Menu
            align="start"
            trigger={{ className: buttonClass('outline'), children: t('parts.menu') }}
            entries={[
              { label: t('chart.link'), icon: <Copy aria-hidden />, onSelect: nothing },
              { label: t('exec.print'), icon: <Printer aria-hidden />, onSelect: nothing },
              'line',
              { label: t('tokens.end'), danger: true, onSelect: nothing },
            ]}
          />
          <Button look="outline" onClick={() => setOpen('dialog')}>
            {t('parts.dialog')}
          </Button>
          <Button look="outline" onClick={() => setOpen('drawer')}>
            {t('parts.drawer')}
          </Button>
          <Button look="outline" onClick={() => setOpen('conflict')}>
            {t('parts.conflict')}
          </Button>
        </div>
        {open === 'dialog' && (
          <Dialog title={t('tokens.endTitle', { name: 'n8n' })} description={t('tokens.endText')} onClose={close} footer={<><Button look="ghost" onClick={close}>{t('cancel')}</Button><Button look="danger" onClick={close}>{t('tokens.endSubmit')}</Button></>} />
        )}
        {open === 'conflict' && (
          <ConflictDialog
            who={people[1]}
            secondsAgo={5}
            values={[
              { field: t('col.csm'), theirs: people[0], mine: people[2] },
              { field: t('col.name'), theirs: LONG, mine: null },
            ]}
            onTakeTheirs={close}
            onKeepMine={close}
            onClose={close}
          />
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
