// The title with what can be done to the list as a whole: load it again, bring accounts in, take them out, make a new one.
import { lazy, Suspense } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Download, Plus, RotateCw, Upload } from 'lucide-react'
import { PageTitle } from '@/components/page-title'
import { Button, buttonClass, IconButton } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { cn } from '@/lib/cn'
import { ago } from '@/lib/format'
import { useDelayed, useNow } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { findCriteria, readAll } from './api'
import type { Column } from './columns'
import { serverSort, type AccountSearch } from './search'
import { useExport } from './use-export'
import type { PageContext } from './use-page'

const NewAccount = lazy(() => import('./new-account-dialog').then((m) => ({ default: m.NewAccountDialog })))
const ImportDialog = lazy(() => import('./import/import-dialog').then((m) => ({ default: m.ImportDialog })))

export type Layer = AccountSearch['open']
type Props = {
  tenant: string | undefined
  search: AccountSearch
  view: string
  columns: Column[]
  page: PageContext
  mayEdit: boolean
  loadedAt: number | undefined
  busy: boolean
  layer: Layer
  onLayer: (layer: Layer) => void
  onRefresh: () => void
  onPeek: (id: string) => void
}

export function Head({ tenant, search, view, columns, page, mayEdit, loadedAt, busy, layer, onLayer, onRefresh, onPeek }: Props) {
  const client = useQueryClient()
  const file = useExport(view, columns, page)
  const all = async () => {
    const { q, level, criteria, sort, layout } = search
    return readAll(await findCriteria(client, { q, level, criteria }), layout === 'tree' ? 'tree' : serverSort(sort))
  }
  // other pages count them too
  const reload = () => void client.invalidateQueries()
  return (
    <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1">
      <PageTitle title={t('accounts.title')} owner={tenant} />
      <div className="ms-auto flex flex-wrap items-center gap-1">
        {loadedAt !== undefined && <Freshness at={loadedAt} busy={busy} onRefresh={onRefresh} />}
        {mayEdit && (
          <Button look="ghost" className="max-md:hidden" onClick={() => onLayer('import')}>
            <Upload aria-hidden />
            {t('accounts.import')}
          </Button>
        )}
        {loadedAt !== undefined && (
          <Menu
            trigger={{ className: cn(buttonClass('ghost'), file.isWriting && 'opacity-50'), label: t('accounts.export'), children: (<><Download aria-hidden /><span className="max-md:hidden">{t('accounts.export')}</span></>) }}
            entries={[
              { label: t('accounts.exportShown'), onSelect: () => void file.save('shown', all) },
              { label: t('accounts.exportRaw'), onSelect: () => void file.save('raw', all) },
            ]}
          />
        )}
        {mayEdit && (
          <Button onClick={() => onLayer('new')}>
            <Plus aria-hidden />
            {t('accounts.new')}
          </Button>
        )}
      </div>
      <Suspense>
        {layer === 'new' && <NewAccount page={page} externalId={search.external} onClose={() => onLayer(undefined)} onDone={(id) => { onLayer(undefined); reload(); onPeek(id) }} />}
        {layer === 'import' && <ImportDialog page={page} onClose={() => onLayer(undefined)} onDone={reload} />}
      </Suspense>
    </div>
  )
}

function Freshness({ at, busy, onRefresh }: { at: number; busy: boolean; onRefresh: () => void }) {
  const seconds = Math.floor((useNow(5_000) - at) / 1000)
  const slow = useDelayed(busy, 300)
  return (
    <>
      <span className="quiet small num max-md:hidden">{t('accounts.updated', { ago: seconds < 10 ? t('now') : ago(seconds) })}</span>
      <IconButton label={t('refresh')} onClick={onRefresh}>
        <RotateCw aria-hidden className={cn('size-3.5!', slow && 'animate-spin')} />
      </IconButton>
    </>
  )
}
