// The way out of this organization.
import { lazy, Suspense, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'

const LeaveDialog = lazy(() => import('./leave-dialog').then((m) => ({ default: m.LeaveDialog })))

export function LeavePanel({ user_id, tenant }: { user_id: string; tenant: string }) {
  const [open, setOpen] = useState(false)
  return (
    <Panel title={t('leaving.title')}>
      <div className="pad flex flex-wrap items-center gap-3">
        <Button look="outline" onClick={() => setOpen(true)}>
          {t('leaving.open')}
        </Button>
        <p className="small quiet min-w-0 flex-1">{t('leaving.sub')}</p>
      </div>
      <Suspense>{open && <LeaveDialog user_id={user_id} tenant={tenant} onClose={() => setOpen(false)} />}</Suspense>
    </Panel>
  )
}
