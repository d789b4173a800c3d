// Somebody else saved the playbook meanwhile: who, when, and what is different.
import { useQuery } from '@tanstack/react-query'
import { ConflictDialog } from '@/components/conflict-dialog'
import { toCriteria } from '@/components/criteria-builder/tree'
import { useNow } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { allActions, type Playbook } from '../playbook-types'
import { actionsSentence, limitSentence, triggerSentence } from '../sentence'
import { useShared } from '../shared'
import { versionsQuery } from './api'
import type { BuilderState } from './use-builder'

type Said = Record<'name' | 'trigger' | 'actions' | 'limits', string>

export function Conflict({ state, theirs }: { state: BuilderState; theirs: Playbook }) {
  const { builder, names } = useShared()
  const versions = useQuery(versionsQuery(theirs.id))
  const last = versions.data?.[0]
  const now = useNow(10_000)
  // who did it is a part of what is asked
  if (versions.isPending) return null
  const who = names.people.find((one) => one.id === last?.saved_by)?.name ?? t('bld.somebody')
  const { draft } = state
  const own = { name: draft.name, trigger: triggerSentence(draft.event, toCriteria(draft.when), builder.vocabulary), actions: actionsSentence(draft.actions, builder.vocabulary), limits: limitSentence(draft.cooldown, draft.cap) } satisfies Said
  const other: Said = { name: theirs.name, trigger: triggerSentence(theirs.trigger_criteria.event, theirs.trigger_criteria.when, builder.vocabulary), actions: actionsSentence(allActions(theirs), builder.vocabulary), limits: limitSentence(theirs.cooldown_minutes, theirs.max_executions_per_day) }
  const keys = ['name', 'trigger', 'actions', 'limits'] as const
  const changed = keys.filter((key) => own[key] !== other[key])
  return (
    <ConflictDialog
      who={who}
      secondsAgo={Math.max(0, (now - Date.parse(last?.saved_at ?? theirs.updated_at)) / 1000)}
      values={(changed.length > 0 ? changed : keys).map((key) => ({ field: t(`bldPart.${key}`), theirs: other[key], mine: own[key] }))}
      onTakeTheirs={() => state.take(theirs)}
      onKeepMine={() => void state.save(theirs)}
      onClose={() => state.setConflict(undefined)}
    />
  )
}
