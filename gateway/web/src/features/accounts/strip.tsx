// The figures of the accounts that match; each opens the list behind it.
import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { Delta } from '@/components/health'
import { Money } from '@/components/money'
import { allOf, type Criteria } from '@/lib/criteria'
import { count, percent, percentExact } from '@/lib/format'
import { t } from '@/lib/i18n'
import { atRisk, renewing } from './views/standard'
import type { Summary } from './api'
import { changesOf } from './changes'
import { changesQuery } from './changes-api'

type Props = {
  summary: Summary
  total: number
  currency: string
  /** of what is shown; undefined: all */
  criteria: Criteria | undefined
  /** while a text filters, which criteria alone cannot say: then the figures are no links */
  plain?: boolean
}

export function Strip({ summary, total, currency, criteria, plain }: Props) {
  const { accounts, arr, at_risk, renewing: due, at_risk_renewing } = summary
  const { data: changes } = useQuery({ ...changesQuery(criteria), enabled: !plain })
  const change = changesOf(summary, plain ? undefined : changes)
  const within = (...parts: Criteria[]) => (plain ? undefined : allOf(criteria, ...parts))
  return (
    <section aria-label={t('accounts.summary')}>
      <dl className="strip">
        <Figure label={t('sum.accounts')} delta={<Delta change={change.accounts} />}>
          {count(accounts)}
          {accounts !== total && <span className="quiet font-normal"> {t('sum.of', { total })}</span>}
        </Figure>
        <Figure label={t('sum.arr')} delta={<Delta change={change.arr} size={percentText} />}>
          <Money amount={arr} currency={currency} />
        </Figure>
        <Figure label={t('sum.atRisk')} list={within(atRisk)} n={at_risk.accounts} delta={<Delta change={change.atRisk} size={percentText} upIsGood={false} />}>
          {count(at_risk.accounts)}, <Money amount={at_risk.arr} currency={currency} />
        </Figure>
        <Figure label={t('sum.renewal')} list={within(renewing)} n={due.accounts} delta={<Delta change={change.renewing} neutral />}>
          {count(due.accounts)}, <Money amount={due.arr} currency={currency} />
        </Figure>
        <Figure label={t('sum.both')} list={within(atRisk, renewing)} n={at_risk_renewing.accounts}>
          {count(at_risk_renewing.accounts)}, <Money amount={at_risk_renewing.arr} currency={currency} />
        </Figure>
      </dl>
    </section>
  )
}

const percentText = (share: number) => (share < 0.1 ? percentExact(share) : percent(share))

type FigureProps = { label: string; list?: Criteria; n?: number; /** in 30 days */ delta?: ReactNode; children: ReactNode }

function Figure({ label, list, n, delta, children }: FigureProps) {
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
        {delta && (
          <span className="ms-1 font-normal" title={t('sum.change')}>
            {delta}
          </span>
        )}
      </dd>
    </div>
  )
}
