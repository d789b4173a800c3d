// How often something happened, day by day, as bars; what was held back stands on top in amber.
export type DayBar = { day: string; ran: number; held: number }

const HEIGHT = 60

export function DayBars({ bars, marks }: { bars: DayBar[]; /** words below, from the first day to the last */ marks: string[] }) {
  const most = Math.max(1, ...bars.map((one) => one.ran + one.held))
  const step = 1000 / Math.max(1, bars.length)
  const width = Math.max(1, Math.min(step * 0.8, 24))
  const tall = (n: number) => (n === 0 ? 0 : Math.max(4, (n / most) * HEIGHT))
  return (
    <div dir="ltr">
      <svg viewBox={`0 0 1000 ${HEIGHT}`} preserveAspectRatio="none" className="block w-full border-b" style={{ height: HEIGHT, borderColor: 'var(--border)' }}>
        {bars.map(({ day, ran, held }, i) => {
          const x = i * step + (step - width) / 2
          return (
            <g key={day}>
              {ran > 0 && <rect x={x} y={HEIGHT - tall(ran)} width={width} height={tall(ran)} fill="var(--bar)" />}
              {held > 0 && <rect x={x} y={HEIGHT - tall(ran) - tall(held)} width={width} height={Math.max(0, tall(held) - (ran > 0 ? 2 : 0))} fill="var(--at-risk)" />}
            </g>
          )
        })}
      </svg>
      <div className="xs">
        {marks.map((one) => (
          <span key={one}>{one}</span>
        ))}
      </div>
    </div>
  )
}
