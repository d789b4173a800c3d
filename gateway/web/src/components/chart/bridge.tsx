// From a first total over steps to a last one. The axis may be cut here, and then says so.
import { cn } from '@/lib/cn'

export type Step = { key: string; label: string; value: number; text: string; total?: boolean }

const HEIGHT = 176

/** Where each bar begins and ends, and from which amount the axis starts. Pure. */
export function bridgeBars(steps: Step[]) {
  let level = 0
  const bars = steps.map((step) => {
    const from = step.total ? 0 : level
    level = step.total ? step.value : level + step.value
    return { step, low: Math.min(from, level), high: Math.max(from, level) }
  })
  const lowest = Math.min(...bars.map(({ step, low, high }) => (step.total ? high : low)))
  const highest = Math.max(1, ...bars.map(({ high }) => high))
  // a change that is small beside the total could not be seen otherwise
  const cut = highest - lowest < highest * 0.4 ? Math.max(0, lowest - (highest - lowest) * 1.5 - highest * 0.02) : 0
  const at = (amount: number) => Math.max(0, (amount - cut) / (highest - cut)) * HEIGHT
  return { cut, bars: bars.map(({ step, low, high }) => ({ step, bottom: at(low), height: Math.max(2, at(high) - at(low)) })) }
}

export function Bridge({ steps }: { steps: Step[] }) {
  const { bars } = bridgeBars(steps)
  return (
    <div className="grid gap-1.5" style={{ gridTemplateColumns: `repeat(${steps.length}, minmax(0, 1fr))` }} dir="ltr">
      {bars.map(({ step, bottom, height }) => (
        <div key={step.key} className="grid min-w-0 content-start gap-1 text-center text-xs leading-4">
          <span className="num min-w-0 font-medium">{step.text}</span>
          <div className="relative border-b" style={{ height: HEIGHT }}>
            <span
              className={cn('absolute inset-x-[12%] rounded-xs', step.total ? 'bg-bar' : step.value === 0 ? 'bg-border' : step.value < 0 ? 'bg-critical' : 'bg-healthy')}
              style={{ bottom, height: step.value === 0 && !step.total ? 1 : height }}
            />
          </div>
          <span className="quiet min-w-0 hyphens-manual">{step.label}</span>
        </div>
      ))}
    </div>
  )
}
