// One bar of 100: the points earned per part, the largest gain behind them, the rest hatched; the thresholds with their names.
import { t } from '@/lib/i18n'
import { decimal } from '@/lib/format'

type Props = { earned: { key: string; label: string; points: number }[]; gain?: number; thresholds: [number, number]; label: string }

export function ScoreBar({ earned, gain = 0, thresholds: [risk, healthy], label }: Props) {
  const missing = Math.max(0, 100 - gain - earned.reduce((sum, part) => sum + part.points, 0))
  return (
    <div role="img" aria-label={label}>
      <div className="flex h-5 gap-0.5">
        {earned.map((part) => (
          <span key={part.key} className="rounded-[3px] bg-bar" style={{ width: `${part.points}%` }} title={`${part.label} ${decimal(part.points)}`} />
        ))}
        {gain > 0 && <span className="gain rounded-[3px]" style={{ width: `${gain}%` }} />}
        {missing > 0 && <span className="hatched flex-1 rounded-[3px]" />}
      </div>
      <div className="quiet num relative mt-1 h-5 text-xs leading-4">
        <span className="absolute start-0">0</span>
        <Tick at={risk} text={`${risk} ${t('health.At Risk')}`} />
        <Tick at={healthy} text={`${healthy} ${t('health.Healthy')}`} />
        <span className="absolute end-0 max-[420px]:hidden">100</span>
      </div>
    </div>
  )
}

function Tick({ at, text }: { at: number; text: string }) {
  return (
    <span className="absolute flex w-0 justify-center whitespace-nowrap" style={{ insetInlineStart: `${at}%` }}>
      <span className="absolute start-0 -top-6.5 h-6 border-s-[1.5px] border-foreground" />
      {text}
    </span>
  )
}
