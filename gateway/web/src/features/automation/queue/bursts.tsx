// Bursts that wait for a person: released through the gates as they are now, some or all, or dropped.
import { lazy, Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { When } from '@/components/ui/when'
import { t } from '@/lib/i18n'
import { burstsQuery, playbooksQuery } from '../api'
import { useShared } from '../shared'
import type { BurstChange } from './burst-dialog'

const BurstDialog = lazy(() => import('./burst-dialog').then((m) => ({ default: m.BurstDialog })))

export function Bursts() {
  const { timeZone } = useShared()
  const bursts = useQuery(burstsQuery)
  const playbooks = useQuery(playbooksQuery)
  const [layer, setLayer] = useState<BurstChange>()
  if (!bursts.data || bursts.data.length === 0) return null
  return (
    <Panel title={t('bu.title')} sub={t('bu.sub')}>
      <ul className="small pb-1">
        {bursts.data.map((burst) => {
          const name = playbooks.data?.find((one) => one.id === burst.playbook_id)?.name ?? t('unknown')
          return (
            <li key={burst.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-hairline px-4 py-2 not-first:border-t">
              <span className="min-w-0 flex-1 basis-48">
                <bdi className="font-medium">{name}</bdi> {t('bu.accounts', { n: burst.account_ids.length })} <When at={burst.created_at} timeZone={timeZone} />
              </span>
              <Button look="outline" onClick={() => setLayer({ kind: 'release', burst, name })}>
                {t('bu.release')}
              </Button>
              <Button look="danger" onClick={() => setLayer({ kind: 'drop', burst, name })}>
                {t('bu.drop')}
              </Button>
            </li>
          )
        })}
      </ul>
      <Suspense>{layer && <BurstDialog {...layer} onClose={() => setLayer(undefined)} />}</Suspense>
    </Panel>
  )
}
