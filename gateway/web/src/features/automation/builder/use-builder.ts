// The draft that is being edited: what of it is saved, what is missing or refused and where, and the conflict with somebody else's.
import { useCallback, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { ApiError } from '@/lib/api'
import { t } from '@/lib/i18n'
import { fail, toast } from '@/lib/toasts'
import { AUTOMATION, playbookQuery } from '../api'
import { playbookSchema, type Playbook } from '../playbook-types'
import { sentence } from '../use-write'
import { savePlaybook, warningsQuery } from './api'
import { fromPlaybook, missing, placeOf, same, toSave, type Draft } from './draft'

export type Fault = { place: string; text: string }

function theirs(error: ApiError): Playbook | undefined {
  const current = error.status === 409 && typeof error.details === 'object' && error.details !== null && 'current' in error.details ? playbookSchema.safeParse(error.details.current) : undefined
  return current?.success ? current.data : undefined
}

export function useBuilderState(start: Draft, shown: Playbook | undefined) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [draft, setDraft] = useState(start)
  // what the server has, as it was when this was last the same
  const [base, setBase] = useState({ playbook: shown, draft: shown ? start : undefined })
  const [fault, setFault] = useState<Fault>()
  const [checked, setChecked] = useState(false)
  const [conflict, setConflict] = useState<Playbook>()
  const [busy, setBusy] = useState(false)
  const dirty = base.draft === undefined || !same(base.draft, draft)

  const change = useCallback((part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }))
    setFault(undefined)
  }, [])

  function take(playbook: Playbook) {
    const next = fromPlaybook(playbook)
    setBase({ playbook, draft: next })
    setDraft(next)
    setFault(undefined)
    setConflict(undefined)
  }

  function refused(error: unknown) {
    if (!(error instanceof ApiError)) return fail(sentence(error))
    const current = theirs(error)
    if (current) return setConflict(current)
    const field = typeof error.details === 'object' && error.details !== null && 'field' in error.details ? String(error.details.field) : error.code === '23505' ? 'name' : undefined
    if (field === undefined) return fail(sentence(error))
    setFault({ place: placeOf(field, draft), text: sentence(error) })
  }

  /** Saved, or undefined where it was not. `over` writes over what somebody else saved meanwhile. */
  async function save(over?: Playbook): Promise<Playbook | undefined> {
    setChecked(true)
    const lacks = missing(draft)
    if (lacks !== undefined) {
      setFault({ place: lacks, text: t(lacks === 'name' ? 'bld.needsName' : lacks === 'when' ? 'crit.missing' : 'bld.needsUrl') })
      return undefined
    }
    const before = over ?? base.playbook
    setBusy(true)
    try {
      const playbook = await savePlaybook({ ...toSave(draft), ...(before && { id: before.id }) }, before?.version ?? null)
      client.setQueryData(warningsQuery(playbook.id).queryKey, playbook.warnings)
      setBase({ playbook, draft })
      setConflict(undefined)
      setFault(undefined)
      setChecked(false)
      client.setQueryData(playbookQuery(playbook.id).queryKey, playbook)
      void client.invalidateQueries({ queryKey: AUTOMATION })
      toast(t(playbook.state === 'active' ? 'bld.published' : 'bld.savedAs', { name: playbook.name, version: playbook.version }))
      return playbook
    } catch (error) {
      refused(error)
      return undefined
    } finally {
      setBusy(false)
    }
  }

  /** What changed only its secret is a version too: the draft stays. What somebody else changed is left for the save to find. */
  async function followSecret() {
    const fresh = base.playbook && (await client.fetchQuery({ ...playbookQuery(base.playbook.id), staleTime: 0 }))
    if (fresh && base.draft && same(fromPlaybook(fresh), base.draft)) setBase({ playbook: fresh, draft: base.draft })
  }

  /** The new playbook has an address of its own; its page begins anew with what was saved. */
  const settle = (playbook: Playbook) => {
    if (!shown) void navigate({ to: '/dashboard/automation/playbooks/$id/edit', params: { id: playbook.id }, replace: true, ignoreBlocker: true })
  }
  // a look at what others do to it: its state is theirs, its version only when it is saved
  const playbook = shown && base.playbook && shown.version === base.playbook.version ? shown : base.playbook
  return { draft, change, playbook, dirty, checked, fault, conflict, setConflict, busy, save, take, settle, followSecret }
}
export type BuilderState = ReturnType<typeof useBuilderState>
