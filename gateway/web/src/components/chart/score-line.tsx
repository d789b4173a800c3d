// A score over time on the bands of its levels, a second line next to it, and numbered marks of what may have moved it.
import { dayShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { mergeMarks, marksText, type LineMark } from './merge-marks'
import { spread } from './spread'
import { useWidth } from './use-width'

export type LinePoint = { at: number; value: number | null }
type Props = {
  points: LinePoint[]
  second?: { label: string; points: LinePoint[] }
  thresholds: [number, number]
  marks: LineMark[]
  from: number
  to: number
  timeZone: string
}

const HEIGHT = 230
const END = 76

export function ScoreLine({ points, second, thresholds: [risk, healthy], marks, from, to, timeZone }: Props) {
  const { place, width } = useWidth<HTMLDivElement>(560)
  const share = (at: number) => Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from)))
  const bands = [
    { key: 'Healthy', low: healthy, high: 100, ground: 'var(--healthy-bg)', tone: 'good' },
    { key: 'At Risk', low: risk, high: healthy, ground: 'var(--at-risk-bg)', tone: 'warn' },
    { key: 'Critical', low: 0, high: risk, ground: 'var(--critical-bg)', tone: 'bad' },
  ] as const
  const last = points.findLast((one) => one.value !== null)?.value ?? null
  const secondLast = second?.points.findLast((one) => one.value !== null)?.value ?? null
  const [low = 0, high = 0] = spread([last ?? 0, secondLast ?? 0].toSorted((a, b) => a - b).map((value) => (value / 100) * HEIGHT), 18, HEIGHT)
  const lastIsLow = last !== null && secondLast !== null && last < secondLast
  const merged = mergeMarks(marks.filter((one) => one.at >= from && one.at <= to), share, width)
  return (
    <div dir="ltr" style={{ paddingInlineEnd: END }}>
      <div ref={place} className="relative" style={{ height: HEIGHT }}>
        {bands.map((band) => (
          <div key={band.key} className="absolute inset-x-0 border-t" style={{ borderColor: 'var(--grid)', bottom: `${band.low}%`, height: `${band.high - band.low}%`, background: `color-mix(in oklab, ${band.ground} 55%, transparent)` }}>
            <span className={`${band.tone} absolute top-1 ps-2 text-xs leading-4`}>{t(`health.${band.key}`)}</span>
          </div>
        ))}
        {merged.map((mark) => (
          <span key={mark.at} className="absolute top-0 border-s" style={{ bottom: -4, insetInlineStart: `${share(mark.at) * 100}%` }} />
        ))}
        <svg viewBox="0 0 1000 100" preserveAspectRatio="none" className="absolute inset-x-0 top-0 h-full w-full overflow-visible">
          {second && <path d={pathOf(second.points, share)} fill="none" stroke="var(--no-data)" strokeWidth="1.5" strokeDasharray="4 3" vectorEffect="non-scaling-stroke" strokeLinejoin="round" />}
          <path d={pathOf(points, share)} fill="none" stroke="var(--foreground)" strokeWidth="2" vectorEffect="non-scaling-stroke" strokeLinejoin="round" />
        </svg>
        {last !== null && (
          <b className="num absolute translate-y-1/2 ps-2 text-sm font-semibold" style={{ insetInlineStart: '100%', bottom: secondLast === null ? (last / 100) * HEIGHT : lastIsLow ? low : high }}>
            {last}
          </b>
        )}
        {second && secondLast !== null && (
          <span className="quiet num absolute translate-y-1/2 truncate ps-2 text-xs" style={{ width: END, insetInlineStart: '100%', bottom: lastIsLow ? high : low }}>
            {second.label} {secondLast}
          </span>
        )}
      </div>
      <div className="relative mt-1 h-7">
        {merged.map((mark) => (
          <span
            key={mark.at}
            className={`num absolute grid h-6 min-w-6 place-items-center rounded border bg-card px-1 text-xs font-medium whitespace-nowrap ${mark.tone === 'bad' ? 'bad' : ''}`}
            style={{ insetInlineStart: `${share(mark.at) * 100}%`, transform: 'translateX(-50%)' }}
          >
            {marksText(mark.numbers)}
          </span>
        ))}
      </div>
      <div className="xs" style={{ marginTop: 0 }}>
        {[0, 1, 2, 3].map((i) => (
          <span key={i}>{dayShort(from + ((to - from) * i) / 3, timeZone)}</span>
        ))}
      </div>
    </div>
  )
}

/** A line that breaks where nothing is known. */
function pathOf(points: LinePoint[], share: (at: number) => number) {
  let open = false
  return points
    .map(({ at, value }) => {
      if (value === null) {
        open = false
        return ''
      }
      const step = `${open ? 'L' : 'M'}${(share(at) * 1000).toFixed(1)} ${(100 - value).toFixed(1)}`
      open = true
      return step
    })
    .join('')
}
