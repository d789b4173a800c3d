// Everything that happened, by kind and over the family, page after page.
import { useInfiniteQuery } from '@tanstack/react-query'
import { ListFilter } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { State } from '@/components/states'
import { Button, buttonClass } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { t } from '@/lib/i18n'
import { KINDS, SCOPES, type Kind } from '../search'
import { useShown } from '../shown'
import { Composer } from './composer'
import { EventList } from './event-list'
import { timelineQuery } from './timeline-api'
import { missingFrom, onItsWay } from './use-log'

export function TimelineTab() {
  const { id, may, search, onChange } = useShown()
  const scope = search.scope ?? 'account'
  const { kinds } = search
  const found = useInfiniteQuery(timelineQuery(id, scope, kinds))
  const events = found.data?.pages.flat() ?? []
  const saving = missingFrom(events, onItsWay.use(), id).filter(({ kind }) => !kinds || kinds.includes(kind as Kind))
  const toggle = (kind: Kind) => {
    const next = kinds?.includes(kind) ? kinds.filter((one) => one !== kind) : [...(kinds ?? []), kind]
    onChange({ kinds: next.length > 0 ? next : undefined })
  }
  return (
    <Panel
      id="timeline"
      title={t('acct.timeline')}
      ends={<Segmented label={t('tl.scope')} value={scope} options={SCOPES.map((value) => ({ value, label: t(`scope.${value}`) }))} onChange={(value) => onChange({ scope: value === 'account' ? undefined : value })} />}
    >
      {may('activity.log') && <Composer />}
      <div role="group" aria-label={t('tl.filter')} className="flex flex-wrap items-center gap-1.5 px-4 pb-2">
        <ListFilter aria-hidden className="quiet size-4" strokeWidth={1.5} />
        {KINDS.map((kind) => (
          <button key={kind} type="button" aria-pressed={kinds?.includes(kind) ?? false} onClick={() => toggle(kind)} className={buttonClass('outline', 'xs')} style={kinds?.includes(kind) ? { borderColor: 'var(--primary)', background: 'var(--primary-bg)' } : undefined}>
            {t(`kind.${kind}`)}
          </button>
        ))}
        {kinds && (
          <Button look="ghost" size="xs" onClick={() => onChange({ kinds: undefined })}>
            {t('tl.everything')}
          </Button>
        )}
      </div>
      <Awaited query={found} height={320} what={t('tl.failed')}>
        {() =>
          events.length + saving.length === 0 ? (
            <State action={kinds && <Button look="outline" onClick={() => onChange({ kinds: undefined })}>{t('tl.everything')}</Button>}>{t(kinds ? 'tl.noMatch' : 'peek.noEvents')}</State>
          ) : (
            <>
              <EventList events={events} saving={saving} />
              {found.hasNextPage && (
                <div className="px-4 pb-4">
                  <Button look="outline" busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                    {t('tl.more')}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Awaited>
    </Panel>
  )
}
