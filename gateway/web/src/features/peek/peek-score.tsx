// An account's score and why it is what it is: the bar of 100, the parts that cost most, what would raise it most.
import { useQuery } from '@tanstack/react-query'
import { ScoreBar } from '@/components/chart/score-bar'
import { Sparkline } from '@/components/chart/sparkline'
import { Delta, LevelShape } from '@/components/health'
import { Note } from '@/components/ui/note'
import { componentName } from '@/lib/components-of-health'
import { decimal } from '@/lib/format'
import { t } from '@/lib/i18n'
import { STANDARD, thresholdsQuery } from '@/lib/thresholds'
import type { Whole } from './api'
import { Section } from './section'

/** What the server says of a part that is made of several kinds of usage, which are not shown here. */
const COMPOSED = 'the weighted mean of what follows'

const reading = (one: Whole['explain_top']['parts'][number]) => (one.reading === COMPOSED ? t(one.part === 'trend' ? 'peek.trend' : 'peek.level') : one.reading)

export function PeekScore({ whole: { account, health, explain_top } }: { whole: Whole }) {
  const { data: thresholds = STANDARD } = useQuery(thresholdsQuery)
  const { current } = health
  if (!current || account.overall_score === null || account.risk_level === null) {
    return (
      <Section title={t('col.health')}>
        <p className="small quiet">{t('peek.noScore')}</p>
      </Section>
    )
  }
  const gain = explain_top.largest_gain
  return (
    <section aria-label={t('peek.why')} className="grid gap-2.5">
      <div className="flex items-center gap-2">
        <LevelShape band={account.risk_level} hollow={account.confidence === 'low'} className="size-3.5!" />
        <b className="num text-[28px] leading-9 font-semibold tracking-[-0.02em]">{account.overall_score}</b>
        <span className="font-semibold">{t(`health.${account.risk_level}`)}</span>
        <Delta change={account.score_change_30d} />
        <span className="ms-auto">
          <Sparkline values={health.history.map((one) => one.score)} width={96} height={24} />
        </span>
      </div>
      {account.confidence === 'low' && <p className="small quiet">{t('health.lowTitle')}</p>}
      {current.override_reason && <Note>{t('peek.override', { reason: current.override_reason })}</Note>}
      {current.stale_feed && <Note tone="warn">{t('peek.stale')}</Note>}
      <ScoreBar
        earned={[{ key: 'score', label: t('col.health'), points: account.overall_score }]}
        gain={Math.min(gain?.points ?? 0, 100 - account.overall_score)}
        thresholds={thresholds}
        label={t('peek.sentence', { score: account.overall_score, gain: decimal(gain?.points ?? 0) })}
      />
      <ul>
        {explain_top.parts.slice(0, 3).map((part) => (
          <li key={`${part.component}-${part.part}`} className="small grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-hairline py-2 not-first:border-t">
            <span>
              <span className="font-semibold">{componentName(part.component)}</span> <span className="quiet">{reading(part)}</span>
            </span>
            <bdi dir="ltr" className="bad num font-semibold">
              {`\u2212${decimal(part.points_lost)}`}
            </bdi>
          </li>
        ))}
      </ul>
      {gain && gain.points > 0 && (
        <Note tone="good">
          <b className="num">+{decimal(gain.points)}</b> {t('peek.gain', { component: componentName(gain.component) })}
        </Note>
      )}
    </section>
  )
}
