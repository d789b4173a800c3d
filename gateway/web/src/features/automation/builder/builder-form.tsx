// The four rows of the form, and the sentence that says the same in words.
import type { ReactNode } from 'react'
import { CriteriaBuilder } from '@/components/criteria-builder/builder'
import { toCriteria } from '@/components/criteria-builder/tree'
import { Field } from '@/components/ui/field'
import { t } from '@/lib/i18n'
import { actionsSentence, limitSentence, triggerSentence, type Titles } from '../sentence'
import { useShared } from '../shared'
import { Actions } from './actions'
import { EventForm } from './event-form'
import { Limits } from './limits'
import { faultAt } from './places'
import type { BuilderState } from './use-builder'

type Props = { state: BuilderState; readOnly: boolean; milestones: Titles['milestones'] }

export function BuilderForm({ state, readOnly, milestones }: Props) {
  const { draft, change, fault, checked } = state
  const { builder } = useShared()
  const criteria = toCriteria(draft.when)
  const whenFault = faultAt(fault, 'when', true)
  const summary = t('bld.summary', { trigger: triggerSentence(draft.event, criteria, builder.vocabulary, { milestones }), actions: actionsSentence(draft.actions, builder.vocabulary), limits: limitSentence(draft.cooldown, draft.cap) })
  return (
    <fieldset disabled={readOnly} className="min-w-0">
      <legend className="sr-only">{t('bld.form')}</legend>
      <div className="grid gap-3 px-4 py-3 sm:grid-cols-2">
        <Field label={t('bld.name')} error={faultAt(fault, 'name')}>
          {(described) => <input type="text" maxLength={200} {...described} value={draft.name} onChange={(event) => change({ name: event.target.value })} className="field-box" />}
        </Field>
        <Field label={t('bld.description')} error={faultAt(fault, 'description')}>
          {(described) => <input type="text" maxLength={1000} {...described} value={draft.description} onChange={(event) => change({ description: event.target.value })} className="field-box" />}
        </Field>
      </div>
      <Row label={t('bld.when')}>
        <EventForm event={draft.event} milestones={milestones} fault={faultAt(fault, 'event', true)} onChange={(event) => change({ event })} />
      </Row>
      <Row label={t('bld.if')}>
        <CriteriaBuilder value={draft.when} onChange={(when) => change({ when })} checked={checked} quiet />
        {whenFault && (
          <p role="alert" className="small bad mt-2">
            {whenFault}
          </p>
        )}
      </Row>
      <Row label={t('bld.then')}>
        <Actions state={state} />
      </Row>
      <Row label={t('bld.limits')}>
        <Limits state={state} />
      </Row>
      <p role="status" className="rounded-b-panel border-t border-hairline bg-muted px-4 py-3 wrap-anywhere">
        <bdi>{summary}</bdi>
      </p>
    </fieldset>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label} className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-2 border-t border-hairline px-4 py-3.5 md:grid-cols-[52px_minmax(0,1fr)]">
      <h2 className="quiet small pt-1.75 font-semibold">{label}</h2>
      <div className="min-w-0">{children}</div>
    </section>
  )
}
