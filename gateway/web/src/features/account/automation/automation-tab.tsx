// What playbooks did with this account, and why others did not.
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { runsQuery } from './automation-api'
import { Runs } from './runs'
import { WhyNot } from './why-not'

export function AutomationTab() {
  const { id, may, onDialog } = useShown()
  const runs = useQuery(runsQuery(id))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 min-[1100px]:grid-cols-[minmax(0,1fr)_400px]">
      <Panel
        id="runs"
        title={t('auto.title')}
        sub={t('auto.sub')}
        ends={
          may('playbook.run') && (
            <Button look="outline" onClick={() => onDialog('playbook')}>
              {t('acct.runPlaybook')}
            </Button>
          )
        }
      >
        <Awaited query={runs} height={240} what={t('auto.failedToRead')}>
          {(rows) => (rows.length === 0 ? <State>{t('auto.none')}</State> : <Runs rows={rows} />)}
        </Awaited>
      </Panel>
      <WhyNot />
    </div>
  )
}
