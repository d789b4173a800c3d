// Why the score is what it is: the bar of 100, a row per component with what it lost, and what would raise it most.
import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { ScoreBar } from '@/components/chart/score-bar'
import { Delta, LevelShape } from '@/components/health'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { Panel } from '@/components/ui/panel'
import { componentName } from '@/lib/components-of-health'
import { day, decimal } from '@/lib/format'
import { t } from '@/lib/i18n'
import { STANDARD, thresholdsQuery } from '@/lib/thresholds'
import { CapNote } from '../health/cap-note'
import { ComponentBars } from '../health/component-bars'
import { explanationOf, type Explanation } from '../health/explanation'
import { explainQuery } from '../health/health-api'
import { useShown } from '../shown'
import { Gains } from './gains'

export function WhyScore() {
  const { id, page, onChange } = useShown()
  const { data: thresholds = STANDARD } = useQuery(thresholdsQuery)
  const explained = useQuery(explainQuery(id))
  const explain = (
    <Button look="ghost" onClick={() => onChange({ tab: 'health', explain: 'now' })}>
      {t('acct.explain')}
      <ArrowRight aria-hidden className="rtl:-scale-x-100" />
    </Button>
  )
  const { overall_score, risk_level } = page.account
  return (
    <Panel id="why" title={t('peek.why')} sub={t('why.sub')} ends={explain}>
      {overall_score === null || risk_level === null ? (
        <State>{t('peek.noScore')}</State>
      ) : (
        <Awaited query={explained} height={420} what={t('why.failed')}>
          {(rows) => {
            const explanation = explanationOf(rows, thresholds)
            return explanation ? <Explained explanation={explanation} thresholds={thresholds} /> : <State>{t('why.nothing')}</State>
          }}
        </Awaited>
      )}
    </Panel>
  )
}

function Explained({ explanation, thresholds }: { explanation: Explanation; thresholds: [number, number] }) {
  const { page } = useShown()
  const { account, health } = page
  const { components, gains, overall } = explanation
  const score = account.overall_score!
  const level = account.risk_level!
  const lost = components.reduce((sum, one) => sum + one.lost, 0)
  const worst = components[0]
  const gain = gains.find((one) => one.isLargest)
  const text = [t('why.in30d'), worst && lost > 0 ? t('why.lost', { points: decimal(lost), component: componentName(worst.key) }) : t('why.nothingLost')].join(' ')
  const largest = gain ? t('why.sentence', { score, gain: gain.points, next: gain.score, level: t(`health.${gain.level}`) }) : t('why.sentencePlain', { score })
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-2.5 px-4 pb-2">
        <LevelShape band={level} hollow={account.confidence === 'low'} className="size-3.5!" />
        <b className="num text-[32px] leading-10 font-semibold tracking-[-0.025em]">{score}</b>
        <span className="font-semibold">{t(`health.${level}`)}</span>
        <Delta change={account.score_change_30d} />
        <span className="quiet small">{text}</span>
      </div>
      <div className="px-4 pb-1">
        <ScoreBar earned={components.map((one) => ({ key: one.key, label: componentName(one.key), points: one.earned }))} gain={gain?.points} thresholds={thresholds} label={largest} />
      </div>
      <div className="grid gap-2 px-4">
        {health.current?.override_reason && health.current.override_until && (
          <Note>
            {t('why.override', { score, until: day(health.current.override_until), reason: health.current.override_reason, computed: overall.score ?? t('health.none') })}
          </Note>
        )}
        {!health.current?.override_reason && overall.score !== null && Math.round(overall.score) !== score && <Note>{t('why.imported', { score, computed: overall.score })}</Note>}
        <CapNote cap={explanation.cap} score={overall.score} />
        {health.current?.stale_feed && <Note tone="warn">{t('peek.stale')}</Note>}
      </div>
      <ComponentBars components={components} />
      <Gains gains={gains} />
    </>
  )
}
