// The last events on the overview, with the field to log another.
import { State } from '@/components/states'
import { Panel } from '@/components/ui/panel'
import { t } from '@/lib/i18n'
import { useShown } from '../shown'
import { Composer } from './composer'
import { EventList } from './event-list'
import { missingFrom, onItsWay } from './use-log'

export function TimelinePanel() {
  const { id, page, may, onChange } = useShown()
  const { timeline } = page
  const saving = missingFrom(timeline, onItsWay.use(), id)
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
      {timeline.length + saving.length === 0 ? <State>{t('peek.noEvents')}</State> : <EventList events={timeline} saving={saving} />}
    </Panel>
  )
}
