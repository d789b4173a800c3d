// How much there was, week by week, as columns; a line for the period before, grounds for days that do not count.
import { cn } from '@/lib/cn'

export type Column = { key: string; value: number; /** of the same week one period earlier */ before: number | null; open?: boolean }
export type Shade = { key: string; /** between 0 and 1 */ from: number; to: number; kind: 'outage' | 'quiet' }
type Props = { columns: Column[]; shades: Shade[]; first: string; last: string; top: string }

const HEIGHT = 96

export function WeekColumns({ columns, shades, first, last, top }: Props) {
  const most = Math.max(1, ...columns.flatMap((one) => [one.value, one.before ?? 0]))
  const at = (value: number) => 100 - (value / most) * 100
  const line = columns.flatMap((one, i) => (one.before === null ? [] : [`${((i + 0.5) / columns.length) * 1000},${at(one.before).toFixed(1)}`]))
  return (
    <div dir="ltr">
      <p className="quiet num text-xs leading-4">{top}</p>
      <div className="relative border-b" style={{ height: HEIGHT, borderColor: 'var(--grid)' }}>
        <span className="absolute inset-x-0 top-0 border-t" style={{ borderColor: 'var(--grid)' }} />
        {shades.map((one) => (
          <span key={one.key} className={one.kind === 'outage' ? 'hatched absolute top-0 h-full' : 'absolute top-0 h-full'} style={{ background: one.kind === 'quiet' ? 'var(--muted)' : undefined, insetInlineStart: `${one.from * 100}%`, width: `${Math.max(0.6, (one.to - one.from) * 100)}%` }} />
        ))}
        <div className="absolute inset-x-0 top-0 flex h-full gap-0.5" style={{ alignItems: 'end' }}>
          {columns.map((one) => (
            <span key={one.key} className={cn('min-w-0 flex-1 rounded-xs', one.value === 0 ? 'bg-border' : 'bg-bar')} style={{ opacity: one.open ? 0.45 : undefined, height: one.value === 0 ? 1 : `${Math.max(2, (one.value / most) * 100)}%` }} />
          ))}
        </div>
        {line.length > 1 && (
          <svg viewBox="0 0 1000 100" preserveAspectRatio="none" className="absolute inset-x-0 top-0 h-full w-full overflow-visible">
            <polyline points={line.join(' ')} fill="none" stroke="var(--foreground)" strokeWidth="1.5" strokeDasharray="3 3" vectorEffect="non-scaling-stroke" />
          </svg>
        )}
      </div>
      <div className="xs">
        <span>{first}</span>
        <span>{last}</span>
      </div>
    </div>
  )
}
