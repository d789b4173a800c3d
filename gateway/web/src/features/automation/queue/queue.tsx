// The queue: how the worker is, what is wrong by receiver, held bursts, then the deliveries with what needs attention first.
import { lazy, Suspense, useMemo, useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { useMedia } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { AUTOMATION, healthQuery, playbooksQuery } from '../api'
import type { SectionProps } from '../search'
import { useShared } from '../shared'
import { countsQuery, deliveriesQuery } from './api'
import { Bursts } from './bursts'
import { DeliveryDrawer } from './delivery-drawer'
import { DeliveryCards } from './delivery-cards'
import { DeliveryTable } from './delivery-table'
import { HealthLine } from './health-line'
import type { Many } from './many'
import { QueueFilter } from './queue-filter'
import { SelectionBar } from './selection-bar'

const ManyDialog = lazy(() => import('./many-dialog').then((m) => ({ default: m.ManyDialog })))

const PAGE = 100

export function Queue({ search, onChange }: SectionProps) {
  const { may } = useShared()
  const client = useQueryClient()
  const narrow = useMedia('(max-width: 767px)')
  const [most, setMost] = useState(PAGE)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [many, setMany] = useState<Many>()
  const health = useQuery(healthQuery)
  const playbooks = useQuery(playbooksQuery)
  const counts = useQuery(countsQuery(search))
  const deliveries = useQuery(deliveriesQuery(search, most))
  const rows = useMemo(() => deliveries.data ?? [], [deliveries.data])
  const chosen = rows.filter((one) => selected.has(one.id))
  const toggle = (id: string) => setSelected((now) => (now.has(id) ? new Set([...now].filter((one) => one !== id)) : new Set([...now, id])))
  const selects = may('playbook.run')
  const List = narrow ? DeliveryCards : DeliveryTable
  const place = rows.findIndex((one) => one.id === search.open)
  const step = (by: number) => rows[place + by] && onChange({ open: rows[place + by]!.id }, true)
  return (
    <>
      <Awaited query={health} height={40} what={t('qu.healthFailed')}>
        {(one) => one && <HealthLine health={one} onLook={() => void client.invalidateQueries({ queryKey: AUTOMATION })} />}
      </Awaited>
      {may('playbook.edit') && <Bursts />}
      <QueueFilter search={search} counts={counts.data} playbooks={playbooks.data ?? []} onChange={(part) => { setSelected(new Set()); onChange(part) }} onMany={setMany} />
      <Awaited query={deliveries} height={320} what={t('qu.failed')}>
        {(found) =>
          found.length === 0 ? (
            <State title={t(search.status && search.status !== 'all' ? 'qu.noneHere' : 'qu.none')}>{t('qu.noneText')}</State>
          ) : (
            <>
              <List rows={found} open={search.open} selected={selects ? selected : undefined} onOpen={(open) => onChange({ open }, true)} onToggle={toggle} onAll={(on) => setSelected(on ? new Set(found.map((one) => one.id)) : new Set())} />
              {found.length >= most && (
                <Button look="outline" className="justify-self-start" busy={deliveries.isFetching} onClick={() => setMost(most + PAGE * 4)}>
                  {t('rn.more')}
                </Button>
              )}
              <p className="small quiet">{t('qu.explained')}</p>
            </>
          )
        }
      </Awaited>
      {selects && chosen.length > 0 && <SelectionBar chosen={chosen} onDone={() => setSelected(new Set())} />}
      <Suspense>{many && <ManyDialog many={many} search={search} onClose={() => setMany(undefined)} />}</Suspense>
      {search.open && <DeliveryDrawer key={search.open} id={search.open} onClose={() => onChange({ open: undefined }, true)} onStep={place < 0 ? undefined : step} />}
    </>
  )
}
