// A few values of 0 to 100 as thin upright bars; the label says them in words.
export type Bar = { label: string; value: number | null }

const WIDTH = 5
const STEP = 8
const HEIGHT = 20

export function MiniBars({ bars, none }: { bars: Bar[]; none: string }) {
  const label = bars.map((b) => `${b.label} ${b.value ?? none}`).join(', ')
  return (
    <svg width={bars.length * STEP - 3} height={HEIGHT} role="img" aria-label={label} className="shrink-0">
      <title>{label}</title>
      {bars.map((bar, i) => {
        const full = bar.value === null ? 0 : Math.max(1.5, (Math.min(100, bar.value) / 100) * HEIGHT)
        return (
          <g key={bar.label}>
            <rect x={i * STEP} width={WIDTH} height={HEIGHT} rx="1.5" fill="var(--track)" opacity={bar.value === null ? 0.5 : 1} />
            <rect x={i * STEP} y={HEIGHT - full} width={WIDTH} height={full} rx="1.5" fill="var(--bar)" />
          </g>
        )
      })}
    </svg>
  )
}
