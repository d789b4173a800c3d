// The account between its parent and its subsidiaries, and what it and all below it add up to.
import type { ReactNode } from 'react'
import { CornerDownRight } from 'lucide-react'
import { AccountLink } from '@/components/account-link'
import { Health } from '@/components/health'
import { Money } from '@/components/money'
import { Button } from '@/components/ui/button'
import { day, money } from '@/lib/format'
import type { Level } from '@/lib/levels'
import { t } from '@/lib/i18n'
import type { AccountPage } from '../api'
import { useShown } from '../shown'
import { RailSection } from './rail-section'

const MOST = 6
const row = 'small grid items-center gap-2.5'
const columns = { gridTemplateColumns: 'minmax(0, 1fr) auto 64px', minHeight: 34 }

export function FamilySection() {
  const { page, onChange } = useShown()
  const { account, children, rollup, child_count } = page
  const isFamily = rollup.accounts > 1
  const toFamily = () => onChange({ tab: 'family' })
  return (
    <RailSection title={t('acct.family')} sub={isFamily && t('fam.count', { n: rollup.accounts })} ends={<Button look="ghost" onClick={toFamily}>{t('fam.whole')}</Button>}>
      <ul>
        {account.parent_id && account.parent_name && (
          <li className={row} style={columns}>
            <AccountLink id={account.parent_id} className="cut hover:text-link" title={account.parent_name}>
              <bdi>{account.parent_name}</bdi>
            </AccountLink>
            <span className="quiet col-span-2 text-end">{t('fam.parent')}</span>
          </li>
        )}
        <Member depth={account.parent_id ? 1 : 0} score={account.overall_score} level={account.risk_level} arr={account.arr}>
          <bdi className="cut font-semibold" title={account.name}>
            {account.name}
          </bdi>
        </Member>
        {children.slice(0, MOST).map((one) => (
          <Member key={one.id} depth={account.parent_id ? 2 : 1} score={one.overall_score} level={one.risk_level} arr={one.arr}>
            <AccountLink id={one.id} className="cut hover:text-link" title={one.name}>
              <bdi>{one.name}</bdi>
            </AccountLink>
          </Member>
        ))}
        {isFamily && (
          <Member depth={0} score={rollup.health} level={rollup.risk_level} arr={rollup.family_arr} sum>
            {t('fam.byArr')}
          </Member>
        )}
      </ul>
      {isFamily ? <Summary rollup={rollup} /> : <p className="quiet small mt-1.5">{t('fam.noneBelow')}</p>}
      {child_count > MOST && (
        <button type="button" className="link small mt-1 min-h-6" onClick={toFamily}>
          {t('fam.all', { n: rollup.accounts })}
        </button>
      )}
    </RailSection>
  )
}

type MemberProps = { depth: number; score: number | null; level: Level | null; arr: number | null; /** of all of them */ sum?: boolean; children: ReactNode }

function Member({ depth, score, level, arr, sum, children }: MemberProps) {
  const { currency } = useShown()
  return (
    <li className={sum ? `${row} italic` : row} style={columns}>
      <span className="flex min-w-0 items-center gap-1.5" style={{ paddingInlineStart: Math.max(0, depth - 1) * 20 }}>
        {depth > 0 && <CornerDownRight aria-hidden className="quiet size-3.5 shrink-0 rtl:-scale-x-100" strokeWidth={1.5} />}
        {children}
      </span>
      <Health score={score} level={level} dense />
      <span className="num text-end">{arr === null ? <span className="quiet">{t('notSet')}</span> : <Money amount={arr} currency={currency} />}</span>
    </li>
  )
}

function Summary({ rollup }: { rollup: AccountPage['rollup'] }) {
  const { currency } = useShown()
  return (
    <p className="quiet small mt-1.5">
      {rollup.worst_name && <bdi>{t('fam.worst', { name: rollup.worst_name, score: rollup.worst_score ?? 0 })}</bdi>}{' '}
      {rollup.arr_at_risk > 0 && t('fam.atRisk', { money: money(rollup.arr_at_risk, currency) })} {rollup.earliest_renewal && t('fam.renews', { day: day(rollup.earliest_renewal) })}{' '}
      {rollup.partial && t('fam.partial')}
    </p>
  )
}
