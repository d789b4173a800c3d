// LIMITS: how soon again for the same account, how often a day, how many tries, in order or not.
import { useState } from 'react'
import { t } from '@/lib/i18n'
import { sends } from '../playbook-types'
import { MINUTES, unitOf } from '../sentence'
import { faultAt } from './places'
import type { BuilderState } from './use-builder'

const whole = (text: string) => (text === '' ? null : Math.max(0, Math.trunc(Number(text)) || 0))

export function Limits({ state: { draft, change, fault } }: { state: BuilderState }) {
  const [unit, setUnit] = useState(() => unitOf(draft.cooldown))
  const shown = draft.cooldown % MINUTES[unit] === 0 ? unit : unitOf(draft.cooldown)
  const wrong = faultAt(fault, 'cooldown_minutes') ?? faultAt(fault, 'max_executions_per_day') ?? faultAt(fault, 'max_attempts')
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <span aria-hidden>{t('lim.once')}</span>
        <input type="number" min={0} aria-label={t('lim.cooldown', { unit: t(`spans.${shown}`) })} value={draft.cooldown / MINUTES[shown]} onChange={(event) => change({ cooldown: (whole(event.target.value) ?? 0) * MINUTES[shown] })} className="field-box w-16!" />
        <select
          aria-label={t('lim.unit')}
          value={shown}
          onChange={(event) => {
            const next = event.target.value as keyof typeof MINUTES
            change({ cooldown: Math.round(draft.cooldown / MINUTES[shown]) * MINUTES[next] })
            setUnit(next)
          }}
          className="field-box w-auto!"
        >
          {(['minutes', 'hours', 'days'] as const).map((one) => (
            <option key={one} value={one}>
              {t(`spans.${one}`)}
            </option>
          ))}
        </select>
        <span aria-hidden>{t('lim.most')}</span>
        <input type="number" min={1} aria-label={t('lim.cap')} placeholder={t('lim.any')} value={draft.cap ?? ''} onChange={(event) => change({ cap: whole(event.target.value) })} className="field-box w-18!" />
        <span aria-hidden>{t('lim.aDay')}</span>
      </div>
      {sends(draft.actions) && (
        <div className="small flex flex-wrap items-center gap-x-4 gap-y-2">
          <label className="flex items-center gap-2">
            {t('lim.attempts')}
            <input type="number" min={1} max={100} placeholder={draft.isOrdered ? '5' : '10'} value={draft.attempts ?? ''} onChange={(event) => change({ attempts: whole(event.target.value) })} className="field-box w-20!" />
          </label>
          <label className="hit">
            <input type="checkbox" className="check" checked={draft.isOrdered} onChange={(event) => change({ isOrdered: event.target.checked })} />
            {t('lim.ordered')}
          </label>
        </div>
      )}
      {wrong && (
        <p role="alert" className="small bad">
          {wrong}
        </p>
      )}
    </div>
  )
}
