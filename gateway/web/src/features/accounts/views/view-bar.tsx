// The tabs with all that can be done to views: save, save as, rename, share, pin, open with, copy the link, delete.
import { lazy, Suspense } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { MenuEntry } from '@/components/ui/menu-entries'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { keepLiked } from '../preferences-api'
import type { AccountSearch } from '../search'
import { saveView } from './api'
import { useViewActions } from './use-view-actions'
import type { Me, ViewState } from './use-view'
import { ViewTabs } from './view-tabs'

const DeleteViewDialog = lazy(() => import('./delete-view-dialog').then((m) => ({ default: m.DeleteViewDialog })))
const SaveViewDialog = lazy(() => import('./save-view-dialog').then((m) => ({ default: m.SaveViewDialog })))

export type Opened = 'save' | 'rename' | 'delete' | null

type Props = { me: Me; search: AccountSearch; state: ViewState; opened: Opened; onOpen: (what: Opened) => void; onChange: (part: Partial<AccountSearch>) => void }

export function ViewBar({ me, search, state, opened, onOpen, onChange }: Props) {
  const client = useQueryClient()
  const actions = useViewActions(search, state, onChange)
  const { current, liked } = state
  const view = current.saved
  const isMine = view?.owner_id === me.user_id
  const mayShare = me.permissions.includes('view.share')
  const isDefault = (liked?.view ?? 'all') === current.id
  const copy = async () => {
    await navigator.clipboard.writeText(location.href)
    toast(t('chart.copied'))
  }
  const entries: MenuEntry[] = [
    { label: t('views.saveAs'), onSelect: () => onOpen('save') },
    ...(view && isMine ? [{ label: t('views.rename'), onSelect: () => onOpen('rename') }, { label: t(view.settings.pinned === true ? 'views.unpin' : 'views.pin'), onSelect: () => void actions.change(view, { settings: { ...view.settings, pinned: view.settings.pinned !== true } }) }] : []),
    ...(view && isMine && mayShare ? [{ label: t(view.is_shared ? 'views.unshare' : 'views.share'), onSelect: () => void actions.change(view, { is_shared: !view.is_shared }) }] : []),
    ...(isDefault ? [] : [{ label: t('views.makeDefault'), onSelect: () => void keepLiked(client, { view: current.id === 'all' ? null : current.id }).then(() => toast(t('views.isDefault', { name: current.name }))) }]),
    { label: t('chart.link'), onSelect: () => void copy() },
    ...(view && (isMine || (view.is_shared && me.permissions.includes('view.delete'))) ? ['line' as const, { label: t('views.delete'), danger: true, onSelect: () => onOpen('delete') }] : []),
  ]
  const close = () => onOpen(null)
  const then = <T,>(done: Promise<T>) => done.then(close)
  return (
    <>
      <ViewTabs tabs={state.tabs} current={current} isChanged={state.isChanged} entries={entries} />
      <Suspense>
        {opened === 'save' && <SaveViewDialog title={t('views.saveTitle')} mayShare={mayShare} onClose={close} onSave={(given) => then(actions.saveAs(given))} />}
        {opened === 'rename' && view && (
          <SaveViewDialog
            title={t('views.rename')}
            given={{ name: view.name, shared: view.is_shared, pinned: view.settings.pinned === true }}
            mayShare={mayShare}
            onClose={close}
            onSave={(given) => then(saveView({ id: view.id, name: given.name, is_shared: given.shared, settings: { ...view.settings, pinned: given.pinned } }, view.version).then(actions.reload))}
          />
        )}
        {opened === 'delete' && view && <DeleteViewDialog view={view} onClose={close} onDelete={() => then(actions.remove(view))} />}
      </Suspense>
    </>
  )
}
