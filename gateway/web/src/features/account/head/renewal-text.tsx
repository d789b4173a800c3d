// When the contract ends: in days while it is near, by its date beyond that, red once it has passed.
import { cn } from '@/lib/cn'
import { day } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Account } from '../api'

const NEAR = 90
const SOON = 60

export function RenewalText({ account: { contract_end_date, days_to_renewal: days, status } }: { account: Account }) {
  if (!contract_end_date || days === null) return <span className="quiet">{t('noDate')}</span>
  const open = status === 'Active'
  if (days < 0) return <span className={cn('num', open && 'bad')}>{t('acct.ended', { n: -days })}</span>
  return <span className={cn('num', open && days <= SOON && 'warn')}>{days <= NEAR ? t('acct.inDays', { n: days }) : day(contract_end_date)}</span>
}
