// What answers at once: the sentence, the figures, the revenue at risk beside health and movers.
import { useDeferredValue, type ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { cn } from '@/lib/cn'
import { usePeekOrder } from '@/lib/peek-order'
import { lateQuery, trendsQuery, type Dashboard } from './api'
import type { Covered } from './covered'
import { Figures } from './figures'
import { HealthCard } from './health-card'
import { Lead } from './lead'
import { Movers } from './movers'
import { RiskTable } from './risk-table'

/** `children` come below; with them nothing moves once it is there. */
export function Upper({ data, covered, children }: { data: Dashboard; covered: Covered; children: ReactNode }) {
  const trends = useQuery(trendsQuery(covered.criteria, covered.range))
  const late = useQuery(lateQuery(data.kpis.accounts.list))
  // a short table leaves room for the movers under it
  const few = data.has_scores && data.revenue_at_risk.length <= 6
  usePeekOrder(data.revenue_at_risk.map((one) => one.account_id))
  // the figures are painted first
  const arePainted = useDeferredValue(true, false)
  return (
    <>
      <Lead data={data} />
      <Figures data={data} covered={covered} trends={trends.data} late={late.data} />
      {arePainted && (
        <div className={cn('risk-on-paper mb-4 grid grid-cols-[minmax(0,1fr)] gap-4 min-[1100px]:grid-cols-[minmax(0,1fr)_312px]', few && 'items-start')}>
          <div className={cn('grid grid-cols-[minmax(0,1fr)] gap-4', few && 'content-start')}>
            <RiskTable data={data} onPeek={covered.onPeek} />
            {few && <Movers data={data} covered={covered} wide />}
          </div>
          <div className={cn('side-on-paper grid content-start gap-4', !few && 'md:max-[1099px]:grid-cols-2')}>
            <HealthCard data={data} covered={covered} />
            {!few && data.has_scores && <Movers data={data} covered={covered} />}
          </div>
        </div>
      )}
      {arePainted && children}
    </>
  )
}
