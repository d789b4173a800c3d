// The milestones of each stage: the stage is chosen, its milestones are edited and saved together.
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { MilestoneEditor } from './milestone-editor'
import { milestonesQuery, perStageQuery } from './milestones-api'
import { stageNamesQuery, type StageName } from './stage-names-api'

export function Milestones() {
  const stages = useQuery(stageNamesQuery)
  return (
    <Awaited query={stages} height={400}>
      {(all) => (all.length === 0 ? <State title={t('ms.noStages')}>{t('ms.noStagesText')}</State> : <Chosen stages={all} />)}
    </Awaited>
  )
}

function Chosen({ stages }: { stages: StageName[] }) {
  const { search, onChange } = useShown()
  const { data: counts } = useQuery(perStageQuery)
  const stage = stages.find((one) => one.id === search.stage) ?? stages[0]!
  const milestones = useQuery(milestonesQuery(stage.id))
  return (
    <div className="grid flex-1 grid-cols-[minmax(0,1fr)] items-start content-start gap-4 lg:grid-cols-[220px_minmax(0,1fr)]">
      <nav aria-label={t('ms.stages')} className="panel p-2 max-lg:overflow-x-auto">
        <ul className="grid gap-0.5 max-lg:flex">
          {stages.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one.id === stage.id || undefined}
                onClick={() => onChange({ stage: one.id })}
                className={cn('flex h-8 w-full items-center gap-2.5 rounded-control px-2.5 text-start whitespace-nowrap hover:bg-accent', one.id === stage.id ? 'bg-accent font-medium' : 'quiet')}
              >
                <span aria-hidden className="swatch" style={{ background: one.color_hex }} />
                <bdi className="cut flex-1">{one.name}</bdi>
                <span className="num small">{counts?.get(one.id) ?? 0}</span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div className="flex min-w-0 flex-col">
        <Awaited query={milestones} height={300}>
          {(rows) => <MilestoneEditor key={stage.id} stage={stage} rows={rows} />}
        </Awaited>
      </div>
    </div>
  )
}
