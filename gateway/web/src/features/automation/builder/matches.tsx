// Whom it would hit now: how many, what they are worth, and of the first ones what each condition found; then who nearly matches.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import { Awaited } from '@/components/awaited'
import { buttonClass } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { allOf, type Criteria } from '@/lib/criteria'
import { count, money, percent } from '@/lib/format'
import { useSettled } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { portfolioQuery } from '../api'
import type { AwaitedEvent } from '../playbook-types'
import { previewQuery, type Match } from '../preview-api'
import { useShared } from '../shared'
import { hasPresent, stateOf } from '../events'
import { MatchTable } from './match-table'

const PAUSE_MS = 400
const MOST_IDS = 200

export function Matches({ event, when }: { event: AwaitedEvent; when: Criteria | undefined }) {
  const { value: asked, isSettled } = useSettled({ event, when }, PAUSE_MS)
  const present = hasPresent(asked.event)
  const preview = useQuery({ ...previewQuery(asked.event, asked.when), enabled: present, placeholderData: (before) => before })
  const list = preview.data && listOf(asked.event, asked.when, preview.data)
  return (
    <Panel
      id="matches"
      title={t('mt.title')}
      ends={
        present && list && preview.data && preview.data.length > 0 && (
          // beside the draft, which is not lost by looking
          <Link to="/dashboard/accounts" search={{ criteria: list }} target="_blank" className={buttonClass('ghost')}>
            {t('mt.open')}
            <ArrowRight aria-hidden />
          </Link>
        )
      }
    >
      {!present ? <p className="small quiet px-4 pb-4">{t('mt.passing')}</p> : <Awaited query={preview} height={220} what={t('mt.failed')}>{(rows) => <Found rows={rows} event={asked.event} when={asked.when} isOutdated={!isSettled || preview.isPlaceholderData} />}</Awaited>}
    </Panel>
  )
}

/** The accounts as the list finds them: by what the event means, or else one by one. */
function listOf(event: AwaitedEvent, when: Criteria | undefined, rows: Match[]): Criteria | undefined {
  const state = event.kind === 'schedule' ? undefined : stateOf(event)
  if (state) return allOf(state, when)
  return rows.length > MOST_IDS ? undefined : { field: 'id', op: 'in', value: rows.map((one) => one.account_id) }
}

type FoundProps = { rows: Match[]; event: AwaitedEvent; when: Criteria | undefined; isOutdated: boolean }

function Found({ rows, event, when, isOutdated }: FoundProps) {
  const { currency } = useShared()
  const portfolio = useQuery(portfolioQuery)
  const arr = rows.reduce((sum, one) => sum + (one.arr ?? 0), 0)
  return (
    <>
      <p role="status" className="num flex flex-wrap items-baseline gap-x-2 px-4 pb-2" style={{ opacity: isOutdated ? 0.5 : undefined }}>
        <b className="text-[22px] leading-7.5 font-semibold tracking-tight">{count(rows.length)}</b>{' '}
        <span>{t('mt.sum', { n: rows.length, money: money(arr, currency) })}</span>{' '}
        {!!portfolio.data && <span className="small quiet">{t('mt.share', { share: percent(rows.length / portfolio.data) })}</span>}
      </p>
      <MatchTable rows={rows} event={event} when={when} />
    </>
  )
}
