// How shares of a whole moved: a stacked area, 100 % high, each area named at its end, marks where something changed.
import { Area, AreaChart, CartesianGrid, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { Delta } from '@/components/health'
import { dayShort, percent } from '@/lib/format'
import { spread } from './spread'

const HEIGHT = 196
const BOTTOM = 24

export type TrendPart = { key: string; label: string; color: string; opacity: number; edge?: boolean; mark: React.ReactNode }
type Props = { points: { at: number; [key: string]: number }[]; parts: TrendPart[]; marks: { at: number; label: string }[]; timeZone: string }

/** `parts` from the ground up. */
export function ShareTrend({ points, parts, marks, timeZone }: Props) {
  const first = points[0]!
  const last = points.at(-1)!
  const share = (point: typeof last, key: string) => (point[key] ?? 0) / Math.max(1, parts.reduce((sum, part) => sum + (point[part.key] ?? 0), 0))
  const middles = parts.map((part, i) => parts.slice(0, i).reduce((sum, below) => sum + share(last, below.key), 0) + share(last, part.key) / 2)
  const there = parts.map((part, i) => ({ part, at: middles[i]! * (HEIGHT - BOTTOM) })).filter(({ part }) => share(last, part.key) > 0)
  const places = spread(there.map(({ at }) => at), 38, HEIGHT - BOTTOM)
  const ticks = [0, 1, 2, 3].map((i) => first.at + ((last.at - first.at) * i) / 3)
  return (
    <div className="plot grid grid-cols-[minmax(0,1fr)_104px] gap-3" dir="ltr">
      <ResponsiveContainer width="100%" height={HEIGHT} initialDimension={{ width: 320, height: HEIGHT }}>
        <AreaChart data={points} stackOffset="expand" accessibilityLayer={false} margin={{ top: 0, right: 0, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--grid)" />
          <XAxis dataKey="at" type="number" domain={['dataMin', 'dataMax']} ticks={ticks} tickFormatter={(at: number) => dayShort(at, timeZone)} axisLine={false} tickLine={false} height={BOTTOM} tick={<EdgeTick count={ticks.length} />} interval={0} />
          <YAxis hide domain={[0, 1]} />
          {parts.map((part) => (
            <Area key={part.key} dataKey={part.key} stackId="all" type="linear" fill={part.color} fillOpacity={part.opacity} stroke={part.edge ? part.color : 'none'} strokeWidth={1.5} isAnimationActive={false} activeDot={false} />
          ))}
          {marks.map((mark) => (
            <ReferenceLine key={mark.at} x={mark.at} stroke="var(--foreground)" strokeDasharray="3 3" label={{ value: mark.label, position: mark.at > (first.at + last.at) / 2 ? 'insideTopRight' : 'insideTopLeft', fill: 'var(--foreground)', fontSize: 12 }} />
          ))}
        </AreaChart>
      </ResponsiveContainer>
      <ul className="relative" style={{ height: HEIGHT }}>
        {there.map(({ part }, i) => (
          <li key={part.key} className="absolute inset-x-0 grid translate-y-1/2 grid-cols-[12px_1fr] items-center gap-x-1.5 text-[13px] leading-4.25" style={{ bottom: BOTTOM + places[i]! }}>
            {part.mark}
            <span>{part.label}</span>
            <span className="num col-start-2 flex gap-1.5 font-semibold">
              {percent(share(last, part.key))}
              <Delta change={Math.round((share(last, part.key) - share(first, part.key)) * 100)} upIsGood={part.key === 'healthy'} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

type TickProps = { x?: number; y?: number; index?: number; count: number; payload?: { value: number }; tickFormatter?: (at: number) => string }

/** The first and last label stay within the plot. */
function EdgeTick({ x, y, index = 0, count, payload, tickFormatter }: TickProps) {
  return (
    <text x={x} y={(y ?? 0) + 10} textAnchor={index === 0 ? 'start' : index === count - 1 ? 'end' : 'middle'}>
      {payload && tickFormatter?.(payload.value)}
    </text>
  )
}
