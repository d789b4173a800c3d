// Why a playbook ran or did not: the way it took, step by step, up to where it stopped.
import { useId } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Check, Minus, X } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Panel } from '@/components/ui/panel'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import { playbooksQuery } from '@/lib/playbooks'
import { useShown } from '../shown'
import { whyQuery, type Why } from './automation-api'

export function WhyNot() {
  const { search, onChange } = useShown()
  const field = useId()
  const playbooks = useQuery(playbooksQuery)
  return (
    <Panel id="why-not" title={t('auto.whyTitle')}>
      <div className="px-4 pb-3">
        <label htmlFor={field} className="small mb-1.5 block font-medium">
          {t('auto.playbook')}
        </label>
        <select id={field} value={search.playbook ?? ''} onChange={(event) => onChange({ playbook: event.target.value || undefined })} className="field-box">
          <option value="">{t('auto.choose')}</option>
          {(playbooks.data ?? []).map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      {search.playbook ? <Steps playbook={search.playbook} /> : <State>{t('auto.whyText')}</State>}
    </Panel>
  )
}

function Steps({ playbook }: { playbook: string }) {
  const { id } = useShown()
  const why = useQuery(whyQuery(id, playbook))
  return (
    <Awaited query={why} height={200}>
      {(steps) => {
        const stop = steps.findIndex((one) => one.passed === false)
        return (
          <>
            <p className="small px-4 pb-2 font-semibold">{stop < 0 ? t('auto.wentOn') : t('auto.stoppedAt', { what: whatText(steps[stop]!) })}</p>
            <ol className="small pb-2">
              {steps.map((step, i) => (
                <Step key={step.step} step={step} isStop={i === stop} isAfter={stop >= 0 && i > stop} />
              ))}
            </ol>
          </>
        )
      }}
    </Awaited>
  )
}

const WHATS = ['playbook', 'event', 'run'] as const

function whatText({ what }: Why) {
  const known = WHATS.find((one) => one === what)
  return known ? t(`auto.what.${known}`) : what.replaceAll('_', ' ')
}

function Step({ step, isStop, isAfter }: { step: Why; isStop: boolean; isAfter: boolean }) {
  const Icon = step.passed === null || isAfter ? Minus : step.passed ? Check : X
  return (
    <li className={cn('grid grid-cols-[16px_minmax(0,1fr)] gap-2.5 border-hairline px-4 py-2 not-first:border-t', isStop && 'bg-at-risk-bg', isAfter && 'quiet')}>
      <Icon aria-hidden className={cn('mt-px size-4', step.passed === false && !isAfter ? 'bad' : step.passed && !isAfter ? 'good' : 'quiet')} strokeWidth={2} />
      <div className="min-w-0 wrap-anywhere">
        <p className="font-medium">
          {whatText(step)}
          <span className="sr-only">, {t(isAfter || step.passed === null ? 'auto.notReached' : step.passed ? 'auto.passed' : 'auto.stopped')}</span>
        </p>
        {(step.wanted || step.value) && (
          <p className={isAfter ? undefined : 'quiet'}>
            {step.wanted && <bdi>{t('auto.wanted', { wanted: step.wanted })}</bdi>} {step.value && <bdi>{t('auto.value', { value: step.value })}</bdi>}
          </p>
        )}
        {step.note && <p className={isAfter ? undefined : 'quiet'}>{step.note}</p>}
      </div>
    </li>
  )
}
