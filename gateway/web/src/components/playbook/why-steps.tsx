// Why a playbook ran or did not for an account: the way it took, step by step, up to where it stopped.
import { useQuery } from '@tanstack/react-query'
import { Check, Minus, X } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import { whyQuery, type Why } from './playbook-api'
import { noteText, plainText, whatText } from './why-words'

export function WhySteps({ account, playbook }: { account: string; playbook: string }) {
  const why = useQuery(whyQuery(account, playbook))
  return (
    <Awaited query={why} height={200}>
      {(steps) => {
        const stop = steps.findIndex((one) => one.passed === false)
        return (
          <>
            <p role="status" className="small px-4 pb-2 font-semibold">
              {stop < 0 ? t('why.wentOn') : t('why.stoppedAt', { what: whatText(steps[stop]!) })}
              {stop >= 0 && <span className="quiet ps-2 font-normal">{t('why.place', { place: stop + 1, n: steps.length })}</span>}
            </p>
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

function Step({ step, isStop, isAfter }: { step: Why; isStop: boolean; isAfter: boolean }) {
  const Icon = step.passed === null || isAfter ? Minus : step.passed ? Check : X
  return (
    <li className={cn('grid grid-cols-[16px_minmax(0,1fr)] gap-2.5 border-hairline px-4 py-2 not-first:border-t', isStop && 'bg-at-risk-bg', isAfter && 'quiet')}>
      <Icon aria-hidden className={cn('mt-px size-4', step.passed === false && !isAfter ? 'bad' : step.passed && !isAfter ? 'good' : 'quiet')} strokeWidth={2} />
      <div className="min-w-0 wrap-anywhere">
        <p className="font-medium">
          {whatText(step)}
          <span className="sr-only">, {t(isAfter || step.passed === null ? 'why.notReached' : step.passed ? 'why.passed' : 'why.stopped')}</span>
        </p>
        {(step.wanted || step.value) && (
          <p className={isAfter ? undefined : 'quiet'}>
            {step.wanted && <bdi>{t('why.wanted', { wanted: plainText(step.wanted) })}</bdi>} {step.value && <bdi>{t('why.value', { value: plainText(step.value) })}</bdi>}
          </p>
        )}
        {step.note && <p className={isAfter ? undefined : 'quiet'}>{noteText(step.note)}</p>}
      </div>
    </li>
  )
}
