// How the portfolio is spread over the levels, by ARR or by number; what no average counts stands apart.
import { useNavigate } from '@tanstack/react-router'
import { Donut } from '@/components/chart/donut'
import { LevelTable } from '@/components/level-table'
import { Panel } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { count, moneyShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import { BANDS, bandColor } from '@/lib/levels'
import type { Dashboard, Part } from './api'
import { countedBy, type Covered } from './covered'

export function HealthCard({ data, covered: { search, onChange } }: { data: Dashboard; covered: Covered }) {
  const navigate = useNavigate()
  const by = countedBy(data, search)
  const { currency } = data
  const parts = BANDS.flatMap((band) => data.distribution.find((one) => one.risk_level === band) ?? [])
    // paused accounts are not asked for where only active ones are
    .filter((one) => one.risk_level !== 'Paused' || one.accounts > 0 || search.status === 'all')
  const value = (part: Part) => (by === 'arr' ? part.arr : part.accounts)
  const total = parts.reduce((sum, part) => sum + value(part), 0)
  const show = (n: number) => (by === 'arr' ? moneyShort(n, currency) : count(n))
  const name = (part: Part) => t(`health.${part.risk_level}`)
  const sentence = t('donut.sentence', { total: show(total), parts: parts.map((part) => `${name(part)} ${show(value(part))}`).join(', ') })
  return (
    <Panel
      id="health"
      title={t('col.health')}
      ends={
        <span className="pe-2">
          <Segmented label={t('donut.by')} value={by} options={[{ value: 'accounts', label: t('tile.accounts') }, { value: 'arr', label: t('col.arr') }]} onChange={(next) => onChange({ by: next === 'arr' ? undefined : 'accounts' })} />
        </span>
      }
    >
      <div className="pad grid justify-items-center gap-3">
        <Donut
          slices={parts.map((part) => ({ key: part.risk_level, value: value(part), color: bandColor[part.risk_level] }))}
          label={sentence}
          center={show(total)}
          sub={t(by === 'arr' ? 'col.arr' : 'tile.accounts')}
          onPick={(band) => void navigate({ to: '/dashboard/accounts', search: { criteria: parts.find((one) => one.risk_level === band)?.list ?? undefined } })}
        />
        <LevelTable caption={t('donut.caption')} rows={parts.map(({ risk_level: band, ...part }) => ({ band, ...part }))} currency={currency} opens="level" />
      </div>
    </Panel>
  )
}
