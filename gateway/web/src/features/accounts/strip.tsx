// The figures of the accounts that match; each opens the list behind it.
import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { Money } from '@/components/money'
import { allOf, type Criteria } from '@/lib/criteria'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import { atRisk, renewing } from './views/standard'
import type { Summary } from './api'

type Props = {
  summary: Summary
  total: number
  currency: string
  /** of what is shown; undefined: all */
  criteria: Criteria | undefined
  /** while a text filters, which criteria alone cannot say: then the figures are no links */
  plain?: boolean
}

export function Strip({ summary: { accounts, arr, at_risk, renewing: due, at_risk_renewing }, total, currency, criteria, plain }: Props) {
  const within = (...parts: Criteria[]) => (plain ? undefined : allOf(criteria, ...parts))
  return (
    <section aria-label={t('accounts.summary')}>
      <dl className="strip">
        <Figure label={t('sum.accounts')}>
          {count(accounts)}
          {accounts !== total && <span className="quiet font-normal"> {t('sum.of', { total })}</span>}
        </Figure>
        <Figure label={t('sum.arr')}>
          <Money amount={arr} currency={currency} />
        </Figure>
        <Figure label={t('sum.atRisk')} list={within(atRisk)} n={at_risk.accounts}>
          {count(at_risk.accounts)}, <Money amount={at_risk.arr} currency={currency} />
        </Figure>
        <Figure label={t('sum.renewal')} list={within(renewing)} n={due.accounts}>
          {count(due.accounts)}, <Money amount={due.arr} currency={currency} />
        </Figure>
        <Figure label={t('sum.both')} list={within(atRisk, renewing)} n={at_risk_renewing.accounts}>
          {count(at_risk_renewing.accounts)}, <Money amount={at_risk_renewing.arr} currency={currency} />
        </Figure>
      </dl>
    </section>
  )
}

function Figure({ label, list, n, children }: { label: string; list?: Criteria; n?: number; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="num">
        {list && n ? (
          <Link to="/dashboard/accounts" search={{ criteria: list }} className="to">
            {children}
          </Link>
        ) : (
          children
        )}
      </dd>
    </div>
  )
}
