// The answer in one or two sentences: how much is at risk, who holds most of it, who renews first.
import { Fragment, type ReactNode } from 'react'
import { AccountLink } from '@/components/account-link'
import { ListLink } from '@/components/list-link'
import { dayLong, moneyShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Dashboard } from './api'

export function Lead({ data: { kpis, currency, has_scores } }: { data: Dashboard }) {
  const { revenue_at_risk: risk, total_arr: total, accounts } = kpis
  const short = (n: number) => moneyShort(n, currency)
  if (!has_scores) return <Words>{t('lead.noScores', { n: accounts.accounts })}</Words>
  if (risk.accounts === 0) {
    return (
      <Words>
        {t('lead.nothing')} {filled(t('lead.portfolio', { n: accounts.accounts, accounts: '{a}' }), { a: <ListLink key="a" criteria={accounts.list} className="font-semibold">{t('accounts.count', { n: accounts.accounts })}</ListLink> })}
      </Words>
    )
  }
  const next = kpis.renewals_90d.at_risk.first
  return (
    <Words>
      {filled(t('lead.risk', { total: short(total.arr), risk: '{a}' }), { a: <ListLink criteria={risk.list} className="font-semibold">{short(risk.arr)}</ListLink> })}{' '}
      {risk.critical.accounts > 0 &&
        filled(t('lead.critical', { n: risk.critical.accounts, arr: short(risk.critical.arr), critical: '{a}' }), {
          a: <ListLink criteria={risk.critical.list} className="font-semibold">{t('lead.criticalCount', { n: risk.critical.accounts })}</ListLink>,
        })}{' '}
      {next &&
        filled(t('lead.next', { day: dayLong(next.contract_end_date), name: '{a}' }), {
          a: (
            <AccountLink id={next.account_id} title={next.name} className="to inline-block max-w-full align-bottom font-semibold">
              <bdi className="cut">{next.name}</bdi>
            </AccountLink>
          ),
        })}
    </Words>
  )
}

const Words = ({ children }: { children: ReactNode }) => <p className="mb-4 min-h-12 max-w-[76ch] text-base leading-6 max-md:min-h-16.5 max-md:text-[15px] max-md:leading-5.5">{children}</p>

/** A text with parts of the page in its slots. */
function filled(text: string, parts: Record<string, ReactNode>) {
  return text.split(/(\{\w\})/).map((piece, i) => {
    const slot = /^\{(\w)\}$/.exec(piece)?.[1]
    // pieces of one sentence stay where they are
    // eslint-disable-next-line react/no-array-index-key
    return <Fragment key={i}>{slot ? parts[slot] : piece}</Fragment>
  })
}
