// WHEN: the kind of event, and the values that go with it, as a line that reads as a sentence.
import { paramsOf, eventOf, EVENT_KINDS } from '../events'
import { t } from '@/lib/i18n'
import type { Titles } from '../sentence'
import type { AwaitedEvent } from '../playbook-types'
import { ParamInput } from './param-input'

type Props = { event: AwaitedEvent; milestones: Titles['milestones']; fault: string | undefined; onChange: (event: AwaitedEvent) => void }

export function EventForm({ event, milestones, fault, onChange }: Props) {
  const known = EVENT_KINDS.includes(event.kind as (typeof EVENT_KINDS)[number])
  const set = (key: string, value: unknown) => {
    const { [key]: _before, ...rest } = event
    const next: AwaitedEvent = { ...rest, kind: event.kind }
    if (value !== undefined && value !== '') next[key] = value
    // a value belongs to its field
    if (key === 'field') delete next.to
    onChange(next)
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <select aria-label={t('bld.event')} value={event.kind} onChange={(change) => onChange(eventOf(change.target.value, event))} className="field-box w-auto! max-w-full">
          {!known && <option value={event.kind}>{event.kind}</option>}
          {EVENT_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`wait.${kind}`)}
            </option>
          ))}
        </select>
        {paramsOf(event.kind).map((param) => (
          <ParamInput key={param.key} param={param} event={event} milestones={milestones} invalid={fault !== undefined} onChange={(value) => set(param.key, value)} />
        ))}
      </div>
      {event.kind === 'schedule' && <p className="small quiet mt-2">{t('bld.cronHint')}</p>}
      {fault && (
        <p role="alert" className="small bad mt-2">
          {fault}
        </p>
      )}
    </>
  )
}
