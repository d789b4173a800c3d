// The stages in order, each with the days spent there against its target; the one the account is in stands out.
import { Check } from 'lucide-react'
import { StageState } from '@/components/stage'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { cn } from '@/lib/cn'
import { dayShort, decimal } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import type { Step } from './journey-api'

const tone = { on_track: 'bg-bar', behind: 'bg-at-risk', stuck: 'bg-critical' }

export function Stepper({ steps }: { steps: Step[] }) {
  return (
    <ScrollRegion className="scroll px-4 pb-4" label={t('jour.title')}>
      <ol className="flex gap-2">
        {steps.map((step) => (
          <Cell key={step.stage_id} step={step} />
        ))}
      </ol>
    </ScrollRegion>
  )
}

function Cell({ step }: { step: Step }) {
  const { timeZone } = useShown()
  const was = step.entered > 0
  const full = step.target_days === null ? 0 : Math.min(1, step.days / step.target_days)
  return (
    <li aria-current={step.is_current ? 'step' : undefined} className={cn('small grid min-w-32 flex-1 content-start gap-1.5 rounded-lg border p-3', step.is_current && 'border-primary bg-primary-bg')} style={was ? undefined : { borderStyle: 'dashed' }}>
      <p className="flex items-center gap-2">
        <span aria-hidden className="swatch" style={{ background: step.color_hex ?? 'var(--no-data)' }} />
        <bdi className={cn('cut', step.is_current && 'font-semibold')} title={step.stage}>
          {step.stage}
        </bdi>
        {was && !step.is_current && <Check aria-hidden className="quiet ms-auto size-3.5 shrink-0" />}
      </p>
      <span aria-hidden className="block h-2 overflow-hidden rounded-full bg-track">
        <span className={cn('block h-full', tone[(step.state ?? 'on_track') as keyof typeof tone] ?? 'bg-bar')} style={{ width: `${was ? Math.max(4, full * 100) : 0}%` }} />
      </span>
      <p className="num flex flex-wrap gap-x-2">
        {was ? (
          <>
            <span>{step.target_days === null ? t('jour.daysOnly', { days: decimal(step.days) }) : t('acct.daysOf', { days: decimal(step.days), target: step.target_days })}</span>
            <StageState state={step.state} />
          </>
        ) : (
          <span className="quiet">{step.target_days === null ? t('jour.notYet') : t('jour.target', { n: step.target_days })}</span>
        )}
      </p>
      {was && <p className="quiet num">{step.entered > 1 ? t('jour.times', { n: step.entered }) : dayShort(step.first_entered_at!, timeZone)}</p>}
    </li>
  )
}
