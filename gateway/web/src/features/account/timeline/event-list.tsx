// Events on a line, the newest on top. What one wrote oneself can be changed for a quarter of an hour.
import { useState } from 'react'
import { AccountLink } from '@/components/account-link'
import { Button, IconButton } from '@/components/ui/button'
import { When } from '@/components/ui/when'
import { Pencil } from 'lucide-react'
import { dayShort } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { AccountEvent } from '../api'
import { useShown } from '../shown'
import { useWrite } from '../use-write'
import { completeTask, editActivity } from '../write-api'
import { eventTitle } from './event-title'
import { KindIcon, LOGGED } from './kinds'

const EDIT_MS = 15 * 60_000

export function EventList({ events, saving = [] }: { events: AccountEvent[]; /** on their way, above all others */ saving?: AccountEvent[] }) {
  return (
    <ol className="px-4 pb-2">
      {[...saving, ...events].map((event, i) => (
        <Entry key={event.event_key} event={event} isLast={i === saving.length + events.length - 1} isSaving={i < saving.length} />
      ))}
    </ol>
  )
}

function Entry({ event, isLast, isSaving }: { event: AccountEvent; isLast: boolean; isSaving: boolean }) {
  const { id, timeZone, currency, reader, may, now } = useShown()
  const [editing, setEditing] = useState(false)
  const logged = LOGGED.some((kind) => kind === event.kind)
  const created = typeof event.details.created_at === 'string' ? Date.parse(event.details.created_at) : 0
  const mayEdit = logged && !isSaving && ((may('activity.log') && event.actor_id === reader.id && now - created < EDIT_MS) || may('activity.edit'))
  const elsewhere = event.account_id !== undefined && event.account_id !== id
  const failed = event.kind === 'playbook' && event.details.result === 'failed'
  const isOpenTask = event.kind === 'task' && !event.details.done_at
  const done = useWrite({ send: () => completeTask(event.source_id!) })
  return (
    <li aria-busy={isSaving || undefined} className="small relative grid gap-x-2.5 py-2" style={{ gridTemplateColumns: '20px minmax(0, 1fr) auto' }}>
      <KindIcon kind={event.kind} className="quiet mt-px size-4" />
      {!isLast && <span aria-hidden className="absolute border-s" style={{ insetInlineStart: 7.5, top: 32, bottom: -6 }} />}
      <div className="min-w-0">
        <p className="wrap-anywhere">
          <bdi className="font-semibold">{eventTitle(event, currency)}</bdi> {event.actor_name && <bdi className="quiet">{event.actor_name}</bdi>}
          {elsewhere && (
            <>
              {' '}
              <AccountLink id={event.account_id!} className="to">
                <bdi>{event.account_name}</bdi>
              </AccountLink>
            </>
          )}
        </p>
        {editing ? (
          <Rewrite event={event} onClose={() => setEditing(false)} />
        ) : (
          event.body && <bdi className={failed ? 'bad block wrap-anywhere' : 'quiet block wrap-anywhere'} style={{ whiteSpace: 'pre-line' }}>{event.body}</bdi>
        )}
        {isOpenTask && typeof event.details.due_at === 'string' && (
          <p className="mt-0.5 flex flex-wrap items-center gap-2">
            <span className={Date.parse(event.details.due_at) < now ? 'bad' : 'quiet'}>{t('tl.due', { day: dayShort(event.details.due_at, timeZone) })}</span>
            {may('activity.log') && !isSaving && (
              <Button look="outline" size="xs" busy={done.isPending} onClick={() => done.mutate(undefined)}>
                {t('tl.markDone')}
              </Button>
            )}
          </p>
        )}
      </div>
      <span className="flex items-start gap-1">
        {isSaving ? <span className="quiet">{t('tl.saving')}</span> : <When at={event.at} timeZone={timeZone} />}
        {mayEdit && !editing && (
          <IconButton label={t('tl.edit', { title: event.title })} small onClick={() => setEditing(true)}>
            <Pencil aria-hidden />
          </IconButton>
        )}
      </span>
    </li>
  )
}

function Rewrite({ event, onClose }: { event: AccountEvent; onClose: () => void }) {
  const [body, setBody] = useState(event.body ?? '')
  const save = useWrite({ send: () => editActivity(event.source_id!, body.trim()), onDone: onClose })
  return (
    <div className="mt-1 grid gap-2">
      <textarea aria-label={t('tl.body')} rows={3} value={body} onChange={(change) => setBody(change.target.value)} className="field-box" />
      <div className="flex gap-2">
        <Button size="xs" busy={save.isPending} held={body.trim() === ''} onClick={() => save.mutate(undefined)}>
          {t('tl.save')}
        </Button>
        <Button look="ghost" size="xs" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}
