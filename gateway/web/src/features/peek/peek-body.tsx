// What the drawer of an account holds.
import type { ReactNode } from 'react'
import { Person } from '@/components/ui/person'
import { Stage } from '@/components/stage'
import { ago, day, dayShort, inDays, money } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Whole } from './api'
import { PeekScore } from './peek-score'
import { Section } from './section'

const MOST_EVENTS = 5

type Props = { whole: Whole; currency: string; timeZone: string; onPeek: (id: string) => void }

export function PeekBody({ whole, currency, timeZone, onPeek }: Props) {
  const { account, timeline, contacts, stage } = whole
  const primary = contacts.find((one) => one.is_primary) ?? contacts[0]
  const none = (text: string) => <span className="quiet">{text}</span>
  return (
    <>
      <PeekScore whole={whole} />
      <Section title={t('peek.facts')}>
        <dl className="facts">
          <Fact label={t('col.arr')}>{account.arr === null ? none(t('notSet')) : <span className="num">{money(account.arr, currency)}</span>}</Fact>
          <Fact label={t('col.renewal')}>{account.contract_end_date ? `${day(account.contract_end_date)}, ${inDays(account.days_to_renewal ?? 0)}` : none(t('noDate'))}</Fact>
          <Fact label={t('col.stage')}>
            <Stage name={account.current_stage} color={account.stage_color} days={account.days_in_stage} target={stage?.target_days} state={account.stage_state} />
          </Fact>
          <Fact label={t('col.csm')}>{account.csm_name ? <Person name={account.csm_name} /> : none(t('none'))}</Fact>
          <Fact label={t('col.status')}>{t(`status.${account.status}`)}</Fact>
          {account.parent_id && account.parent_name && (
            <Fact label={t('peek.parent')}>
              <button type="button" onClick={() => onPeek(account.parent_id!)} className="to min-h-6 text-start">
                <bdi>{account.parent_name}</bdi>
              </button>
            </Fact>
          )}
          <Fact label={t('peek.touch')}>{account.last_touch_at ? dayShort(account.last_touch_at, timeZone) : none(t('peek.never'))}</Fact>
          {primary && (
            <Fact label={t('peek.contact')}>
              <bdi>{primary.full_name}</bdi>
              {primary.title && <span className="quiet">, {primary.title}</span>}
            </Fact>
          )}
        </dl>
      </Section>
      <Section title={t('peek.events')}>
        {timeline.length === 0 && <p className="small quiet">{t('peek.noEvents')}</p>}
        <ol>
          {timeline.slice(0, MOST_EVENTS).map((event) => (
            <li key={event.event_key} className="small grid gap-0.5 border-hairline py-2 not-first:border-t">
              <span className="flex justify-between gap-3">
                <bdi className="font-medium">{event.title}</bdi>
                <time dateTime={event.at} title={new Date(event.at).toLocaleString()} className="quiet num shrink-0">
                  {when(event.at, timeZone)}
                </time>
              </span>
              {event.body && <bdi className="line-clamp-2 wrap-anywhere">{event.body}</bdi>}
              {event.actor_name && <bdi className="quiet">{event.actor_name}</bdi>}
            </li>
          ))}
        </ol>
      </Section>
    </>
  )
}

function when(at: string, timeZone: string) {
  const seconds = (Date.now() - Date.parse(at)) / 1000
  return seconds >= 0 && seconds < 86_400 ? ago(seconds) : dayShort(at, timeZone)
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}
