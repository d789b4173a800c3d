// The weight of each part: a slider, a number and a lock; the others give way, so that the sum is always 100.
import { useState } from 'react'
import { Check, Lock, LockOpen, Undo2 } from 'lucide-react'
import { Button, IconButton } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { componentName, COMPONENTS, type Component } from '@/lib/components-of-health'
import { t } from '@/lib/i18n'
import { balance, even, most, type Weights } from './balance'
import { CommitNumber } from './commit-number'
import type { EditProps } from './edit-props'

export function WeightsPanel({ model, base, version, onChange }: EditProps) {
  const { weights } = model
  const [locked, setLocked] = useState<Component[]>([])
  const set = (next: Weights) => onChange({ weights: next })
  return (
    <Panel
      title={t('hw.weights')}
      sub={t('hw.weightsSub')}
      ends={
        <>
          <Button look="ghost" onClick={() => set(even())}>
            {t('hw.even')}
          </Button>
          <Button look="ghost" onClick={() => set(base.weights)}>
            <Undo2 aria-hidden />
            {t('hw.version', { n: String(version) })}
          </Button>
        </>
      }
    >
      <ul className="px-4">
        {COMPONENTS.map((key) => {
          const name = componentName(key)
          const isLocked = locked.includes(key)
          const to = (wanted: number) => set(balance(weights, locked, key, wanted))
          return (
            <li key={key} className="weight border-hairline not-first:border-t">
              <span>
                <b className="font-semibold">{name}</b> <span className="quiet small">{t(`hwAbout.${key}`)}</span>
              </span>
              <CommitNumber label={t('hw.weightOf', { part: name })} value={weights[key]} min={0} max={100} onCommit={to} />
              <IconButton label={t('hw.keep', { part: name })} aria-pressed={isLocked} onClick={() => setLocked(isLocked ? locked.filter((one) => one !== key) : [...locked, key])}>
                {isLocked ? <Lock aria-hidden className="text-foreground" /> : <LockOpen aria-hidden className="opacity-50" />}
              </IconButton>
              <span className="relative block h-6">
                {base.weights[key] !== weights[key] && <span aria-hidden className="range-was" style={{ insetInlineStart: `${base.weights[key]}%` }} />}
                <input type="range" min={0} max={100} step={1} aria-label={name} aria-valuetext={t('hw.ofMost', { value: weights[key], most: most(weights, locked, key) })} value={weights[key]} onChange={(event) => to(event.target.valueAsNumber)} className="range" style={{ '--at': `${weights[key]}%` } as React.CSSProperties} />
              </span>
            </li>
          )
        })}
      </ul>
      <p className="small mx-4 mt-1 mb-3 flex items-center gap-2 border-t pt-2.5">
        <span className="quiet me-auto">{t('hw.mark', { n: String(version) })}</span>
        {t('hw.sum')} <b className="num font-semibold">{COMPONENTS.reduce((sum, key) => sum + weights[key], 0)}</b>
        <Check aria-hidden className="good size-4" strokeWidth={1.5} />
      </p>
    </Panel>
  )
}
