// Whose score fell and rose most, in the page's period or in a shorter one.
import { useQuery } from '@tanstack/react-query'
import { AccountLink } from '@/components/account-link'
import { Delta, Health } from '@/components/health'
import { ErrorState, State } from '@/components/states'
import { Panel } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { cn } from '@/lib/cn'
import { t } from '@/lib/i18n'
import { moversQuery, type Dashboard, type Mover } from './api'
import type { Covered } from './covered'

type Props = { data: Dashboard; covered: Covered; /** both directions beside each other */ wide?: boolean }

export function Movers({ data, covered: { criteria, range, search, onChange }, wide }: Props) {
  const days = search.movers ?? '30d'
  const own = range.name === days
  const asked = useQuery({ ...moversQuery(criteria, days), enabled: !own })
  const movers = own ? data.movers : asked.data
  const groups = movers && ([['movers.down', movers.drops], ['movers.up', movers.rises]] as const)
  return (
    <Panel
      id="movers"
      title={t('movers.title')}
      ends={
        <span className="pe-2">
          <Segmented label={t('range.label')} value={days} options={(['7d', '30d'] as const).map((value) => ({ value, label: t(`range.${value}`) }))} onChange={(value) => onChange({ movers: value === '30d' ? undefined : value })} />
        </span>
      }
    >
      {asked.error && !movers && <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />}
      {movers && movers.drops.length + movers.rises.length === 0 && <State>{t('movers.none')}</State>}
      <div className={cn('px-4 pb-3', wide && 'gap-x-8 md:grid md:grid-cols-[repeat(auto-fit,minmax(240px,1fr))]')}>
        {!groups && !asked.error && <div className="h-83" />}
        {groups?.map(
          ([key, moved]) =>
            moved.length > 0 && (
              <section key={key} aria-label={t(key)}>
                <h3 className="quiet mt-1.5 mb-0.5 text-xs leading-4 font-medium">{t(key)}</h3>
                <ul className="small">
                  {moved.map((one) => (
                    <Row key={one.account_id} one={one} />
                  ))}
                </ul>
              </section>
            ),
        )}
      </div>
    </Panel>
  )
}

function Row({ one }: { one: Mover }) {
  return (
    <li className="grid h-7 grid-cols-[minmax(0,1fr)_auto_40px] items-center gap-2">
      <AccountLink id={one.account_id} title={one.name} className="min-w-0 py-0.75 hover:text-link">
        <bdi className="cut">{one.name}</bdi>
      </AccountLink>
      <Health score={one.overall_score} level={one.risk_level} dense />
      <span className="text-end">
        <Delta change={one.change} />
      </span>
    </li>
  )
}
