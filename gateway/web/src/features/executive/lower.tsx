// What explains the answer: trend and renewals, team and bridge, growth. Loaded after the figures; each card fails for itself.
import type { ReactNode } from 'react'
import { Boundary, ErrorState } from '@/components/states'
import type { StageName } from '@/lib/names'
import { BridgeCard } from './bridge-card'
import type { CardProps } from './covered'
import { GrowthCard } from './growth-card'
import { RenewalsCard } from './renewals-card'
import { TeamCard } from './team-card'
import { TrendCard } from './trend-card'

export function Lower({ data, covered, stages }: CardProps & { stages: StageName[] }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="two-on-paper grid grid-cols-[minmax(0,1fr)] gap-4 min-[1100px]:grid-cols-2">
        <Card><TrendCard data={data} covered={covered} /></Card>
        <Card><RenewalsCard data={data} covered={covered} /></Card>
      </div>
      <div className="three-on-paper grid grid-cols-[minmax(0,1fr)] gap-4 min-[1100px]:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
        <Card><TeamCard data={data} /></Card>
        <Card><BridgeCard data={data} covered={covered} /></Card>
      </div>
      <Card><GrowthCard covered={covered} stages={stages} /></Card>
    </div>
  )
}

function Card({ children }: { children: ReactNode }) {
  return (
    <Boundary fallback={broken}>{children}</Boundary>
  )
}

const broken = (error: Error, again: () => void) => (
  <section className="panel pt-4">
    <ErrorState error={error} onRetry={again} />
  </section>
)
