// What stays of the head while one reads further down: name, health, ARR, renewal, Log.
import { Health } from '@/components/health'
import { Money } from '@/components/money'
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { RenewalText } from './renewal-text'

export function SmallBar({ shown }: { shown: boolean }) {
  const { page, currency, may, onDialog } = useShown()
  const { account } = page
  return (
    <div hidden={!shown} className="no-print sticky top-12 z-20 -mx-6 h-0 max-md:-mx-4" data-part="small-head">
      <div className="small flex h-12 items-center gap-4 border-b bg-background px-6 max-md:px-4">
        <bdi className="cut flex-1 text-sm font-semibold" title={account.name}>
          {account.name}
        </bdi>
        <Health score={account.overall_score} level={account.risk_level} confidence={account.confidence} dense />
        <span className="max-md:hidden">{account.arr === null ? <span className="quiet">{t('notSet')}</span> : <Money amount={account.arr} currency={currency} />}</span>
        <span className="max-md:hidden">
          <RenewalText account={account} />
        </span>
        {may('activity.log') && (
          <Button size="xs" onClick={() => onDialog('log')}>
            {t('acct.log')}
          </Button>
        )}
      </div>
    </div>
  )
}
