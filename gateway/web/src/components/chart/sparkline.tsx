// A small line without axes, its end marked; the number beside it says what matters.
export function Sparkline({ values, width = 72, height = 20 }: { values: (number | null)[]; width?: number; height?: number }) {
  const known = values.filter((value) => value !== null)
  if (known.length < 2 || known.every((value) => value === 0)) return null
  const low = Math.min(...known)
  const span = Math.max(...known) - low || 1
  const x = (i: number) => (i / (values.length - 1)) * (width - 4) + 2
  const y = (value: number) => (span === 1 && low === known[0] && known.every((it) => it === low) ? height / 2 : height - 3 - ((value - low) / span) * (height - 6))
  const points = values.flatMap((value, i) => (value === null ? [] : [[x(i), y(value)] as const]))
  const end = points.at(-1)!
  return (
    <svg width={width} height={height} aria-hidden className="block overflow-visible">
      <polyline points={points.map((point) => point.map((n) => n.toFixed(1)).join(',')).join(' ')} fill="none" stroke="var(--bar)" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={end[0]} cy={end[1]} r="2" fill="var(--bar)" />
    </svg>
  )
}
