// A ring of parts, drawn as SVG without a chart library; the legend next to it is a table of the same numbers.
export type Slice = { key: string; value: number; color: string }

const RADIUS = 40
const ROUND = 2 * Math.PI * RADIUS

type Props = { slices: Slice[]; label: string; center: string; sub?: string; size?: number; onPick?: (key: string) => void }

export function Donut({ slices, label, center, sub, size = 104, onPick }: Props) {
  const shown = slices.filter((s) => s.value > 0)
  const total = shown.reduce((sum, s) => sum + s.value, 0)
  const gap = shown.length > 1 ? 2 : 0
  const starts = shown.map((_, i) => (shown.slice(0, i).reduce((sum, s) => sum + s.value, 0) / total) * ROUND)
  return (
    <svg viewBox="0 0 100 100" width={size} height={size} role="img" aria-label={label} className="block shrink-0">
      <g fill="none" strokeWidth="12" transform="rotate(-90 50 50)">
        <circle cx="50" cy="50" r={RADIUS} stroke="var(--track)" strokeWidth={total ? 0 : 12} />
        {shown.map((slice, i) => (
          // for the pointer only: the legend has the same as links
          <circle
            key={slice.key}
            cx="50"
            cy="50"
            r={RADIUS}
            stroke={slice.color}
            strokeDasharray={`${Math.max(1, (slice.value / total) * ROUND - gap)} ${ROUND}`}
            strokeDashoffset={-(starts[i]! + gap / 2)}
            className={onPick && 'cursor-pointer hover:opacity-80'}
            onPointerUp={onPick && (() => onPick(slice.key))}
          />
        ))}
      </g>
      <text x="50" y={sub ? 48 : 51} textAnchor="middle" dominantBaseline="middle" className={`fill-foreground font-semibold ${center.length > 5 ? 'text-[14px]' : 'text-[17px]'}`} aria-hidden>
        {center}
      </text>
      {sub && (
        <text x="50" y="62" textAnchor="middle" dominantBaseline="middle" className="fill-muted-foreground text-[11px]" aria-hidden>
          {sub}
        </text>
      )}
    </svg>
  )
}
