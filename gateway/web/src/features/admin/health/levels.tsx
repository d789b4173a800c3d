// Where a score changes its name: two handles on one bar, each with its number.
import { LevelShape } from '@/components/health'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { CommitNumber } from './commit-number'
import type { EditProps } from './edit-props'
import { withCritical, withHealthy } from './model'

export function Levels({ model: { thresholds }, base, onChange }: EditProps) {
  const { critical, healthy } = thresholds
  const toCritical = (value: number) => onChange({ thresholds: withCritical(thresholds, value) })
  const toHealthy = (value: number) => onChange({ thresholds: withHealthy(thresholds, value) })
  return (
    <Panel title={t('hw.levels')} sub={t('hw.levelsSub')}>
      <div className="pad">
        <div className="range-two mb-3">
          <div aria-hidden className="absolute inset-x-0 top-3 flex h-2 overflow-hidden rounded">
            <span className="bg-critical" style={{ width: `${critical}%` }} />
            <span className="bg-at-risk" style={{ width: `${healthy - critical}%` }} />
            <span className="flex-1 bg-healthy" />
          </div>
          {[base.thresholds.critical, base.thresholds.healthy].filter((at) => at !== critical && at !== healthy).map((at) => (
            <span key={at} aria-hidden className="range-was" style={{ insetInlineStart: `${at}%` }} />
          ))}
          <input type="range" min={0} max={100} aria-label={t('hw.criticalUnder')} value={critical} onChange={(event) => toCritical(event.target.valueAsNumber)} className="range" />
          <input type="range" min={0} max={100} aria-label={t('hw.healthyFrom')} value={healthy} onChange={(event) => toHealthy(event.target.valueAsNumber)} className="range" />
        </div>
        <div className="small flex flex-wrap gap-x-4 gap-y-2">
          <span className="flex items-center gap-2">
            <LevelShape band="Critical" />
            <span aria-hidden>{t('hw.criticalUnder')}</span>
            <CommitNumber label={t('hw.scoreOf', { what: t('hw.criticalUnder') })} value={critical} min={1} max={99} onCommit={toCritical} width={56} />
          </span>
          <span className="flex items-center gap-2">
            <LevelShape band="Healthy" />
            <span aria-hidden>{t('hw.healthyFrom')}</span>
            <CommitNumber label={t('hw.scoreOf', { what: t('hw.healthyFrom') })} value={healthy} min={2} max={100} onCommit={toHealthy} width={56} />
          </span>
        </div>
      </div>
    </Panel>
  )
}
