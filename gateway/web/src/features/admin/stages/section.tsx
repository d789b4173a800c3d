// The designer of stages: the list, how it will look, and the bar of what is not saved yet.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { lastChange } from '../api'
import { DraftFoot } from '../draft-foot'
import { useShown } from '../shown'
import { describeStage } from './describe'
import { active, changesOf, faultsOf } from './edit-stages'
import { Preview } from './preview'
import { Retired } from './retired'
import { StageList } from './stage-list'
import { saveStages, stagesQuery, type StagesState } from './stages-api'
import { useDraft } from '@/components/draft/use-draft'

export function Stages() {
  const stages = useQuery(stagesQuery)
  return (
    <Awaited query={stages} height={400}>
      {(state) => <Designer state={state} />}
    </Awaited>
  )
}

function Designer({ state }: { state: StagesState }) {
  const client = useQueryClient()
  const { mayEdit } = useShown()
  const draft = useDraft(state.rows)
  const { value: rows } = draft
  const read = () => client.fetchQuery({ ...stagesQuery, staleTime: 0 })
  const faults = active(rows).some((row) => faultsOf(row, rows).length > 0)
  return (
    <>
      <div className="grid gap-4">
        <Preview rows={active(rows)} />
        <Panel title={t('admin.stages')} sub={t('stages.sub')}>
          <fieldset disabled={!mayEdit} className="min-w-0">
            <StageList draft={draft} onRemoved={() => void read().then(({ rows: server }) => draft.rebase(server))} />
          </fieldset>
        </Panel>
        <Retired rows={rows.filter((row) => !row.is_active)} draft={draft} />
      </div>
      <DraftFoot
        draft={draft}
        held={faults ? t('stages.faults') : undefined}
        read={async () => (await read()).rows}
        write={async (base, value) => {
          // the version that goes with what was begun from
          const { version } = client.getQueryData(stagesQuery.queryKey)!
          await saveStages(changesOf(base, value), version)
        }}
        lastChange={() => lastChange('journey_stages')}
        describe={(change) => describeStage(change, [...rows, ...state.rows])}
        onSaved={() => toast(t('stages.saved'))}
      />
    </>
  )
}
