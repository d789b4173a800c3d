// One step of the set-up: its number or a tick, what it is, what to press.
import type { ReactNode } from 'react'
import { Check } from 'lucide-react'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'

type Props = { number: number; title: string; text: string; done: boolean; now: boolean; action: ReactNode }

export function SetupStep({ number, title, text, done, now, action }: Props) {
  const round = done ? 'border-healthy bg-healthy-bg text-healthy-fg' : now ? 'border-primary bg-primary text-primary-foreground' : 'border-input'
  return (
    <li className={cn('grid grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 border-hairline px-4 py-3.5 not-first:border-t max-md:grid-cols-[24px_minmax(0,1fr)]', now && 'bg-primary-bg')}>
      <span className={cn('num grid size-6 place-items-center rounded-full border-[1.5px] text-[13px] font-medium', round)}>
        {done ? <Check aria-label={t('setup.done')} className="size-3.5" /> : number}
      </span>
      <div>
        <p className="font-semibold">{title}</p>
        <p className="small quiet">{text}</p>
      </div>
      {action && <div className="max-md:col-start-2 max-md:mt-1.5">{action}</div>}
    </li>
  )
}
