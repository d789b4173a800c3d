// Deliveries of playbooks that are still open, and what they wait for.
import { retryDeliveries } from '@/components/playbook/playbook-api'
import { Button } from '@/components/ui/button'
import { t } from '@/lib/i18n'
import { toast } from '@/lib/toasts'
import type { Delivery } from '../api'
import { useShown } from '../shown'
import { useWrite } from '../use-write'
import { RailSection } from './rail-section'

const MOST = 5

export function AutomationSection() {
  const { page, may, onChange } = useShown()
  const { deliveries } = page
  return (
    <RailSection
      title={t('acct.automation')}
      sub={deliveries.length > 0 && t('auto.open', { n: deliveries.length })}
      ends={
        <Button look="ghost" onClick={() => onChange({ tab: 'automation' })}>
          {t('auto.runs')}
        </Button>
      }
    >
      {deliveries.length === 0 && <p className="quiet small">{t('auto.nothingOpen')}</p>}
      <ul>
        {deliveries.slice(0, MOST).map((one) => (
          <Row key={one.id} one={one} mayRetry={may('playbook.run')} />
        ))}
      </ul>
    </RailSection>
  )
}

function Row({ one, mayRetry }: { one: Delivery; mayRetry: boolean }) {
  const retry = useWrite({ send: () => retryDeliveries([one.id]), onDone: () => toast(t('auto.retried')) })
  const failed = one.status === 'failed'
  const why = failed ? (one.last_error ?? t('auto.failed')) : (one.waits_because ?? t('auto.underWay'))
  return (
    <li className="small flex items-start gap-2 py-1.75">
      <div className="min-w-0 flex-1">
        <bdi className="font-semibold">{one.playbook_name ?? t('auto.gone')}</bdi>
        <p className={failed || one.last_error ? 'bad wrap-anywhere' : 'quiet wrap-anywhere'}>{why}</p>
        <p className="quiet num">{t('auto.tries', { n: one.attempts, most: one.max_attempts ?? 10 })}</p>
      </div>
      {mayRetry && (
        <Button look="outline" size="xs" busy={retry.isPending} onClick={() => retry.mutate(undefined)}>
          {t('auto.retry')}
        </Button>
      )}
    </li>
  )
}
