// The playbooks: filter and sort, the list, what to do with one or all of them, and templates where there is none.
import { lazy, Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Pause } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { State } from '@/components/states'
import { useMedia } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { healthQuery, playbooksQuery, recentRunsQuery } from '../api'
import type { SectionProps } from '../search'
import { SORTS } from '../search'
import { useShared } from '../shared'
import type { Layer } from './layer'
import { chosen } from './order'
import { PlaybookCards } from './playbook-cards'
import { PlaybookTable } from './playbook-table'
import { Templates } from './templates'

const Activate = lazy(() => import('../switching/activate-dialog').then((m) => ({ default: m.ActivateDialog })))
const Delete = lazy(() => import('./delete-dialog').then((m) => ({ default: m.DeleteDialog })))
const PauseAll = lazy(() => import('./pause-all-dialog').then((m) => ({ default: m.PauseAllDialog })))

export function Playbooks({ search, onChange, onGo }: SectionProps) {
  const { may, builder } = useShared()
  const playbooks = useQuery(playbooksQuery)
  const recent = useQuery(recentRunsQuery)
  const health = useQuery(healthQuery)
  const [layer, setLayer] = useState<Layer>(null)
  const List = useMedia('(max-width: 767px)') ? PlaybookCards : PlaybookTable
  const close = () => setLayer(null)
  const edits = may('playbook.edit')
  return (
    <Awaited query={playbooks} height={320} what={t('pb.failed')}>
      {(all) => {
        const shown = chosen(all, search, builder.vocabulary)
        const active = all.filter((one) => one.state === 'active').length
        const paused = all.filter((one) => one.state === 'paused')
        return (
          <>
            {health.data?.problem && (
              <Note tone={health.data.worker_is_running ? 'warn' : 'bad'} role="status">
                {health.data.problem}
              </Note>
            )}
            {active === 0 && paused.length > 0 && (
              <Note tone="warn" role="status">
                <b className="font-semibold">{t('pb.allPaused')}</b> {t('pb.allPausedText')}
              </Note>
            )}
            {all.length === 0 && edits && <Templates title={t('pb.emptyTitle')} />}
            {all.length === 0 && !edits && <State title={t('pb.emptyTitle')}>{t('pb.emptyAsk')}</State>}
            {all.length > 0 && (
              <>
                <div className="flex flex-wrap items-center gap-2">
                  <input type="search" data-filter aria-label={t('pb.filter')} placeholder={t('pb.filter')} value={search.q ?? ''} onChange={(event) => onChange({ q: event.target.value || undefined }, true)} className="field-box w-64! max-md:w-full!" />
                  <select aria-label={t('pb.sort')} value={search.sort ?? 'name'} onChange={(event) => onChange({ sort: event.target.value === 'name' ? undefined : (event.target.value as (typeof SORTS)[number]) })} className="field-box w-auto!">
                    {SORTS.map((key) => (
                      <option key={key} value={key}>
                        {t(`pbSort.${key}`)}
                      </option>
                    ))}
                  </select>
                  {edits && active > 0 && (
                    <Button look="outline" className="ms-auto" onClick={() => setLayer({ kind: 'pauseAll' })}>
                      <Pause aria-hidden />
                      {t('pb.pauseAll')}
                    </Button>
                  )}
                </div>
                {shown.length === 0 ? (
                  <State title={t('pb.noMatch', { q: search.q ?? '' })} action={<Button look="outline" onClick={() => onChange({ q: undefined })}>{t('pb.showAll')}</Button>} />
                ) : (
                  <List rows={shown} recent={recent.data} onLayer={setLayer} onGo={onGo} />
                )}
                {edits && all.length < 5 && <Templates title={t('pb.templates')} />}
              </>
            )}
            <Suspense>
              {layer?.kind === 'activate' && <Activate playbook={layer.playbook} onClose={close} />}
              {layer?.kind === 'delete' && <Delete playbook={layer.playbook} onClose={close} />}
              {layer?.kind === 'pauseAll' && <PauseAll active={active} onClose={close} />}
            </Suspense>
          </>
        )
      }}
    </Awaited>
  )
}
