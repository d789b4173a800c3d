// The builder: WHEN, IF, THEN, LIMITS as form or JSON, with whom it would hit beside it, and a trial on one account below.
import { useMemo, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useMedia } from '@/lib/hooks'
import { useTrail } from '@/lib/trail'
import { t } from '@/lib/i18n'
import type { Playbook } from '../playbook-types'
import { useShared } from '../shared'
import { toCriteria } from '@/components/criteria-builder/tree'
import { milestonesQuery } from './api'
import { Backtest } from './backtest'
import { BuilderForm } from './builder-form'
import { BuilderHead } from './builder-head'
import { BuilderLayers } from './builder-layers'
import type { Draft } from './draft'
import { JsonForm } from './json-form'
import { LeaveGuard } from './leave-guard'
import { Matches } from './matches'
import { TryOut } from './try-out'
import { useBuilderState } from './use-builder'
import { Warnings } from './warnings'

export function BuilderView({ start, playbook: shown }: { start: Draft; playbook?: Playbook }) {
  const { may } = useShared()
  const state = useBuilderState(start, shown)
  const { draft, playbook } = state
  const [form, setForm] = useState<'form' | 'json'>('form')
  const [activating, setActivating] = useState<Playbook>()
  const milestones = useQuery({ ...milestonesQuery, enabled: draft.event.kind === 'milestone_overdue' })
  const wide = useMedia('(min-width: 1100px)')
  const title = draft.name.trim() || t('bld.new')
  useTrail(useMemo(() => [{ id: 'playbook', name: title }], [title]))
  const mayEdit = may('playbook.edit')
  const when = toCriteria(draft.when)
  const left = (
    <div className="panel overflow-visible!">
      {form === 'form' ? <BuilderForm state={state} readOnly={!mayEdit} milestones={milestones.data} /> : <JsonForm state={state} readOnly={!mayEdit} />}
    </div>
  )
  const trial = <TryOut state={state} when={when} />
  const asides = mayEdit && (
    <>
      <Matches event={draft.event} when={when} />
      <Backtest event={draft.event} when={when} cooldown={draft.cooldown} cap={draft.cap} />
    </>
  )
  return (
    <div>
      <BuilderHead state={state} title={title} form={form} onForm={setForm} onActivate={setActivating} mayEdit={mayEdit} />
      <Warnings state={state} playbook={playbook} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 min-[1100px]:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {left}
          {wide ? trial : asides}
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">{wide ? asides : trial}</div>
      </div>
      <LeaveGuard when={state.dirty && mayEdit && !state.busy && (playbook !== undefined || draft.name.trim() !== '')} />
      <BuilderLayers state={state} activating={activating} onActivated={() => setActivating(undefined)} />
    </div>
  )
}
