// The account at one look: why its score is what it is, what happened last, and its facts.
import { Boundary, ErrorState } from '@/components/states'
import type { ReactNode } from 'react'
import { useShown } from '../shown'
import { TimelinePanel } from '../timeline/timeline-panel'
import { AutomationSection } from './automation-section'
import { Contacts } from './contacts'
import { Details } from './details'
import { FamilySection } from './family-section'
import { Milestones } from './milestones'
import { WhyScore } from './why-score'
import { t } from '@/lib/i18n'

export function Overview() {
  const { page, may } = useShown()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 min-[1100px]:grid-cols-[minmax(0,1fr)_336px]">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Card><WhyScore /></Card>
        <Card><TimelinePanel /></Card>
      </div>
      <aside aria-label={t('peek.facts')} className="panel rail">
        <Card><Milestones /></Card>
        {(page.rollup.accounts > 1 || page.account.parent_id) && <Card><FamilySection /></Card>}
        <Card><Details /></Card>
        <Card><Contacts /></Card>
        {may('playbook.read') && <Card><AutomationSection /></Card>}
      </aside>
    </div>
  )
}

function Card({ children }: { children: ReactNode }) {
  return <Boundary fallback={broken}>{children}</Boundary>
}

const broken = (error: Error, again: () => void) => (
  <section className="panel pt-4">
    <ErrorState error={error} onRetry={again} />
  </section>
)
