// Five facts in a line: health, ARR, renewal, stage, who looks after it.
import type { ReactNode } from 'react'
import { Delta, Health } from '@/components/health'
import { StageState } from '@/components/stage'
import { day, money } from '@/lib/format'
import { t } from '@/lib/i18n'
import { whenText } from '@/components/ui/when'
import { useShown } from '../shown'
import { CsmPicker } from './csm-picker'
import { RenewalText } from './renewal-text'

export function FactLine() {
  const { page, currency, timeZone, onChange } = useShown()
  const { account, stage, rollup, health } = page
  const family = rollup.accounts > 1
  return (
    <dl className="flex flex-wrap justify-between gap-x-8 gap-y-2">
      <Fact label={t('col.health')} second={healthNote(account.confidence, health.current)}>
        <Health score={account.overall_score} level={account.risk_level} />
        <span className="ps-2">
          <Delta change={account.score_change_30d} />
        </span>
      </Fact>
      <Fact
        label={t('col.arr')}
        second={
          family && (
            <button type="button" className="to num min-h-6 text-start" onClick={() => onChange({ tab: 'family' })}>
              <i>{money(rollup.family_arr, currency)}</i> {t('acct.familyOf', { n: rollup.accounts })}
            </button>
          )
        }
      >
        {account.arr === null ? <span className="quiet">{t('notSet')}</span> : <b className="num font-semibold">{money(account.arr, currency)}</b>}
      </Fact>
      <Fact label={t('col.renewal')} second={account.contract_end_date && (account.days_to_renewal ?? 91) <= 90 && <span className="num">{day(account.contract_end_date)}</span>}>
        <b className="font-semibold">
          <RenewalText account={account} />
        </b>
      </Fact>
      <Fact
        label={t('col.stage')}
        second={
          stage?.days !== null && stage && (
            <span className="num">
              {stage.target_days === null ? t('stage.days', { n: stage.days ?? 0 }) : t('acct.daysOf', { days: stage.days ?? 0, target: stage.target_days })}
              {(stage.state === 'behind' || stage.state === 'stuck') && ', '}
              <StageState state={stage.state} />
            </span>
          )
        }
      >
        {stage ? (
          <span className="inline-flex max-w-full min-w-0 items-center gap-2">
            <span aria-hidden className="swatch" style={{ background: stage.color_hex ?? 'var(--no-data)' }} />
            <bdi className="min-w-0 truncate">{stage.name}</bdi>
          </span>
        ) : (
          <span className="quiet">{t('none')}</span>
        )}
      </Fact>
      <Fact label={t('col.csm')} second={account.last_touch_at ? t('acct.touch', { when: whenText(account.last_touch_at, timeZone) }) : t('acct.noTouch')}>
        <CsmPicker />
      </Fact>
    </dl>
  )
}

type Current = { override_reason: string | null; override_by?: string | null; raw_score: number | null; stale_feed: boolean; source: string } | null

function healthNote(confidence: string | null, current: Current) {
  if (!current) return null
  if (current.override_reason) return [current.override_by ? t('acct.byHandBy', { name: current.override_by }) : t('acct.byHand'), current.raw_score !== null && t('acct.computed', { score: current.raw_score })].filter(Boolean).join(', ')
  if (current.stale_feed) return <span className="warn">{t('acct.stale')}</span>
  return confidence === 'high' || confidence === 'medium' || confidence === 'low' ? t(`acct.confidence.${confidence}`) : current.source === 'imported' ? t('acct.imported') : null
}

function Fact({ label, second, children }: { label: string; second?: ReactNode; children: ReactNode }) {
  return (
    <div className="max-w-full min-w-0 shrink-0 max-md:min-w-32">
      <dt className="quiet small">{label}</dt>
      <dd className="flex min-h-6 min-w-0 items-center">{children}</dd>
      {second && <dd className="quiet small">{second}</dd>}
    </div>
  )
}
