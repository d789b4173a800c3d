// The account and those right below it, and what the whole family adds up to.
import { CornerDownRight } from 'lucide-react'
import { AccountLink } from '@/components/account-link'
import { Health } from '@/components/health'
import { Money } from '@/components/money'
import { day, money } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { RailSection } from './rail-section'

const MOST = 6

export function FamilySection() {
  const { page, currency, onChange } = useShown()
  const { account, children, rollup, child_count } = page
  const row = 'small grid items-center gap-2.5'
  const columns = { gridTemplateColumns: 'minmax(0, 1fr) auto 64px', minHeight: 34 }
  const notSet = <span className="quiet">{t('notSet')}</span>
  return (
    <RailSection title={t('acct.family')} sub={t('fam.count', { n: rollup.accounts })}>
      <ul>
        <li className={row} style={columns}>
          <bdi className="cut font-semibold" title={account.name}>
            {account.name}
          </bdi>
          <Health score={account.overall_score} level={account.risk_level} dense />
          <span className="num text-end">{account.arr === null ? notSet : <Money amount={account.arr} currency={currency} />}</span>
        </li>
        {children.slice(0, MOST).map((one) => (
          <li key={one.id} className={row} style={columns}>
            <span className="flex min-w-0 items-center gap-1.5">
              <CornerDownRight aria-hidden className="quiet size-3.5 shrink-0 rtl:-scale-x-100" strokeWidth={1.5} />
              <AccountLink id={one.id} className="cut hover:text-link" title={one.name}>
                <bdi>{one.name}</bdi>
              </AccountLink>
            </span>
            <Health score={one.overall_score} level={one.risk_level} dense />
            <span className="num text-end">{one.arr === null ? notSet : <Money amount={one.arr} currency={currency} />}</span>
          </li>
        ))}
        <li className={`${row} italic`} style={columns}>
          <span>{t('fam.byArr')}</span>
          <Health score={rollup.health} level={rollup.risk_level} dense />
          <span className="num text-end">
            <Money amount={rollup.family_arr} currency={currency} />
          </span>
        </li>
      </ul>
      <p className="quiet small mt-1.5">
        {rollup.worst_name && <bdi>{t('fam.worst', { name: rollup.worst_name, score: rollup.worst_score ?? 0 })}</bdi>}{' '}
        {rollup.arr_at_risk > 0 && t('fam.atRisk', { money: money(rollup.arr_at_risk, currency) })} {rollup.earliest_renewal && t('fam.renews', { day: day(rollup.earliest_renewal) })}{' '}
        {rollup.partial && t('fam.partial')}
      </p>
      {child_count > MOST && (
        <button type="button" className="link small mt-1 min-h-6" onClick={() => onChange({ tab: 'family' })}>
          {t('fam.all', { n: rollup.accounts })}
        </button>
      )}
    </RailSection>
  )
}
