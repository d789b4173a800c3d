// Things by when they are due and how they are: shape and colour are the level, size is what is at stake; the worst are named.
import { CartesianGrid, ReferenceArea, ReferenceLine, ResponsiveContainer, Scatter, ScatterChart, XAxis, YAxis, ZAxis } from 'recharts'
import { t } from '@/lib/i18n'
import { bandColor, type Band } from '@/lib/levels'

export type Bubble = { id: string; x: number; y: number; size: number; band: Band; hollow: boolean; name?: string }
type Props = { bubbles: Bubble[]; thresholds: [number, number]; onPick: (id: string) => void }

const HEIGHT = 220
/** a little before the earliest day, so that a mark there is not cut */
const EARLIEST = -45
/** a little after the last one */
const LATEST = 380
const DAYS = [0, 90, 180, 270, 365]

export function Bubbles({ bubbles, thresholds, onPick }: Props) {
  const largest = Math.max(1, ...bubbles.map((one) => one.size))
  const early = bubbles.some((one) => one.x < 0)
  // many are drawn smaller, so that they do not become one cloud; small ones lie over large ones, named ones over all
  const scale = bubbles.length > 80 ? 0.5 : bubbles.length > 40 ? 0.75 : 1
  const data = bubbles
    .map((one) => ({ ...one, onPick, radius: scale * (4 + 11 * Math.sqrt(one.size / largest)) }))
    .toSorted((a, b) => Number(a.name !== undefined) - Number(b.name !== undefined) || b.size - a.size)
  return (
    <div className="plot" dir="ltr">
      <ResponsiveContainer width="100%" height={HEIGHT} initialDimension={{ width: 480, height: HEIGHT }}>
        <ScatterChart accessibilityLayer={false} margin={{ top: 12, right: 0, bottom: 0, left: 18 }}>
          <ReferenceArea x1={early ? EARLIEST : 0} x2={90} y1={0} y2={thresholds[1]} fill="var(--critical-bg)" fillOpacity={0.6} stroke="none" ifOverflow="hidden" />
          <CartesianGrid vertical={false} stroke="var(--grid)" />
          <XAxis dataKey="x" type="number" domain={[early ? EARLIEST : 0, LATEST]} ticks={DAYS} tickFormatter={(day: number) => (day === 0 ? t('renewal.today') : t('days.short', { n: day }))} axisLine={false} tickLine={false} height={26} interval={0} allowDataOverflow tick={{ dy: 4 }} />
          <YAxis dataKey="y" type="number" domain={[0, 100]} ticks={thresholds} orientation="right" axisLine={false} tickLine={false} width={26} tick={{ dx: 2 }} />
          <ZAxis range={[60, 60]} />
          {early && <ReferenceLine x={0} stroke="var(--foreground)" strokeDasharray="3 3" />}
          <ReferenceLine x={90} stroke="var(--critical)" strokeDasharray="3 3" />
          <Scatter data={data} isAnimationActive={false} shape={Mark} />
        </ScatterChart>
      </ResponsiveContainer>
    </div>
  )
}

type MarkProps = { cx?: number; cy?: number; payload?: Bubble & { radius: number; onPick: (id: string) => void } }

function Mark({ cx = 0, cy = 0, payload }: MarkProps) {
  if (!payload) return null
  const { id, band, hollow, radius: r, name, x, onPick } = payload
  const color = band === 'No data' || band === 'Uncertain' ? 'var(--no-data)' : bandColor[band]
  const paint = hollow ? { fill: 'none', stroke: color, strokeWidth: 1.6 } : { fill: color, fillOpacity: 0.78, stroke: 'var(--card)', strokeWidth: 0.6 }
  return (
    // for the pointer only: the table of the same data has each as a button
    <g className="cursor-pointer hover:opacity-100" onPointerUp={() => onPick(id)}>
      {band === 'Critical' ? (
        <rect x={cx - r * 0.88} y={cy - r * 0.88} width={r * 1.76} height={r * 1.76} rx="1.5" {...paint} />
      ) : band === 'At Risk' ? (
        <path d={`M${cx} ${cy - r * 1.1} ${cx + r * 1.15} ${cy + r * 0.9}H${cx - r * 1.15}z`} strokeLinejoin="round" {...paint} />
      ) : (
        <circle cx={cx} cy={cy} r={r} {...paint} />
      )}
      {name && (
        <text x={x > 300 ? cx - r - 4 : cx + r + 4} y={cy + 4} textAnchor={x > 300 ? 'end' : 'start'} className="fill-foreground! font-medium!" stroke="var(--card)" strokeWidth="4" paintOrder="stroke">
          {name.length > 18 ? `${name.slice(0, 17)}…` : name}
        </text>
      )}
    </g>
  )
}
