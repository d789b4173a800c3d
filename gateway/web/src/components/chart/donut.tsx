// A ring of parts, drawn as SVG without a chart library; the legend next to it is a table of the same numbers.
export type Slice = { key: string; value: number; color: string }

const RADIUS = 40
const GAP = 2.5
const ROUND = 2 * Math.PI * RADIUS

export function Donut({ slices, label, center }: { slices: Slice[]; label: string; center: string }) {
  const shown = slices.filter((s) => s.value > 0)
  const total = shown.reduce((sum, s) => sum + s.value, 0)
  const gap = shown.length > 1 ? GAP : 0
  const starts = shown.map((_, i) => (shown.slice(0, i).reduce((sum, s) => sum + s.value, 0) / total) * ROUND)
  return (
    <svg viewBox="0 0 100 100" role="img" aria-label={label} className="size-20 shrink-0 sm:size-24">
      <g fill="none" strokeWidth="13" transform="rotate(-90 50 50)">
        <circle cx="50" cy="50" r={RADIUS} stroke="var(--track)" strokeWidth={total ? 0 : 13} />
        {shown.map((slice, i) => (
          <circle
            key={slice.key}
            cx="50"
            cy="50"
            r={RADIUS}
            stroke={slice.color}
            strokeDasharray={`${Math.max(1, (slice.value / total) * ROUND - gap)} ${ROUND}`}
            strokeDashoffset={-(starts[i]! + gap / 2)}
          />
        ))}
      </g>
      <text x="50" y="51" textAnchor="middle" dominantBaseline="middle" className="fill-foreground text-[22px] font-semibold tabular-nums" aria-hidden>
        {center}
      </text>
    </svg>
  )
}
