// The milestones of one stage: the list, those no longer in use, and the bar of what is not saved yet.
import { useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useDraft } from '@/components/draft/use-draft'
import { useBuilderContext } from '@/components/criteria-builder/use-builder-context'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import { lastChange } from '../api'
import { DraftFoot } from '../draft-foot'
import { useShown } from '../shown'
import { describeMilestone } from './describe'
import { active, changed, changesOf, isNew, isWrong, newMilestone, stepped } from './edit-milestones'
import { MilestoneLine } from './milestone-line'
import { milestonesQuery, saveMilestones, type MilestoneRow } from './milestones-api'
import { RemoveMilestone } from './remove-milestone'
import type { StageName } from './stage-names-api'

type Props = { stage: StageName; rows: MilestoneRow[] }

export function MilestoneEditor({ stage, rows: server }: Props) {
  const client = useQueryClient()
  const { mayEdit, currency } = useShown()
  const { builder } = useBuilderContext(currency)
  const draft = useDraft(server)
  const place = useRef<HTMLOListElement>(null)
  const [removing, setRemoving] = useState<MilestoneRow>()
  const rows = active(draft.value)
  const gone = draft.value.filter((row) => !row.is_active)
  const change = (row: MilestoneRow, part: Partial<MilestoneRow>) => draft.set((now) => changed(now, row.id, part))
  function add() {
    draft.set((now) => [...now, newMilestone()])
    requestAnimationFrame(() => [...(place.current?.querySelectorAll<HTMLElement>('.milestone-title') ?? [])].at(-1)?.focus())
  }
  const remove = (row: MilestoneRow) => (isNew(row) ? draft.set((now) => now.filter((one) => one.id !== row.id)) : setRemoving(row))
  return (
    <>
      <div className="grid gap-4">
        <Panel title={stage.name} sub={t('ms.sub')}>
          <fieldset disabled={!mayEdit} className="min-w-0">
            {rows.length === 0 && <State>{t('ms.none')}</State>}
            <ol ref={place}>
              {rows.map((row, at) => (
                <MilestoneLine key={row.id} row={row} builder={builder} first={at === 0} last={at === rows.length - 1} onChange={(part) => change(row, part)} onStep={(step) => draft.set((now) => stepped(now, row.id, step))} onRemove={() => remove(row)} />
              ))}
            </ol>
          </fieldset>
          {mayEdit && (
            <div className="border-t border-hairline px-4 py-2.5">
              <Button look="outline" onClick={add}>
                <Plus aria-hidden />
                {t('ms.add')}
              </Button>
            </div>
          )}
        </Panel>
        {gone.length > 0 && (
          <Panel title={t('ms.retired')} sub={t('ms.retiredSub')}>
            <ul className="pad">
              {gone.map((row) => (
                <li key={row.id} className="flex min-h-10 items-center justify-between gap-3 border-hairline not-first:border-t">
                  <bdi className="cut">{row.title}</bdi>
                  {mayEdit && (
                    <Button look="outline" size="xs" onClick={() => change(row, { is_active: true })} aria-label={t('stages.backOne', { name: row.title })}>
                      {t('stages.back')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </div>
      {removing && (
        <RemoveMilestone
          milestone={removing}
          onClose={() => setRemoving(undefined)}
          onRemove={() => {
            change(removing, { is_active: false })
            setRemoving(undefined)
          }}
        />
      )}
      <DraftFoot
        draft={draft}
        within="stage"
        held={rows.some(isWrong) ? t('ms.faults') : undefined}
        read={() => client.fetchQuery({ ...milestonesQuery(stage.id), staleTime: 0 })}
        write={(base, value) => saveMilestones(stage.id, changesOf(base, value))}
        lastChange={() => lastChange('stage_milestones')}
        describe={(one) => describeMilestone(one, [...draft.value, ...server])}
        onSaved={() => toast(t('ms.saved', { stage: stage.name }))}
      />
    </>
  )
}
