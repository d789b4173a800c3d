// The last events on the overview, with the field to log another.
import { State } from '@/components/states'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { Composer } from './composer'
import { EventList } from './event-list'
import { savingEntries } from './use-log'

export function TimelinePanel() {
  const { page, may, onChange } = useShown()
  const saving = savingEntries.use()
  const { timeline } = page
  return (
    <Panel
      id="timeline"
      title={t('acct.timeline')}
      footer={
        timeline.length > 0 && (
          <button type="button" className="link min-h-6" onClick={() => onChange({ tab: 'timeline' })}>
            {t('tl.all')}
          </button>
        )
      }
    >
      {may('activity.log') && <Composer />}
      {timeline.length === 0 ? <State>{t('peek.noEvents')}</State> : <EventList events={timeline} waiting={saving} />}
    </Panel>
  )
}
