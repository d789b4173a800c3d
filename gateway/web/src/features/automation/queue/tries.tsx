// The tries of a delivery in order, each with status, time and answer, and when the next one is due.
import { Note } from '@/components/ui/note'
import { timeOfDay } from '@/lib/format'
import { t } from '@/lib/i18n'
import { useShared } from '../shared'
import type { Attempt, WholeDelivery } from './api'
import { NextTry } from './delivery-state'

export function Tries({ row }: { row: WholeDelivery }) {
  return (
    <>
      {(row.status === 'failed' || row.status === 'pending') && (row.last_error ?? row.waits_because) && (
        <Note tone={row.status === 'failed' ? 'bad' : 'warn'}>
          {row.last_error && <b className="font-semibold">{row.last_error}</b>} {row.waits_because}
        </Note>
      )}
      <section aria-label={t('dv.tries')}>
        <h3 className="title mb-1">
          {t('dv.tries')}, <span className="num">{t('qu.tries', { n: row.attempts, most: row.max_attempts ?? 10 })}</span>
        </h3>
        {row.tries.length === 0 && <p className="small quiet">{t('dv.notYet')}</p>}
        <ol className="small">
          {row.tries.map((one) => (
            <Try key={`${one.tried_at} ${one.attempt}`} one={one} />
          ))}
          {row.status === 'pending' && (
            <li className="grid grid-cols-[48px_minmax(0,1fr)_auto] gap-2 border-t border-hairline py-2">
              <span className="warn font-semibold">{t('dv.next')}</span>
              <span className="quiet">{t('dv.nextOf', { n: row.attempts + 1, most: row.max_attempts ?? 10 })}</span>
              <NextTry row={row} />
            </li>
          )}
        </ol>
      </section>
    </>
  )
}

function Try({ one }: { one: Attempt }) {
  const { timeZone } = useShared()
  const ok = one.response_status !== null && one.response_status >= 200 && one.response_status < 300
  return (
    <li className="grid grid-cols-[48px_minmax(0,1fr)_auto] gap-2 border-hairline py-2 not-first:border-t">
      <span className={ok ? 'good num font-semibold' : 'bad num font-semibold'}>{one.response_status ?? t('dv.error')}</span>
      <span className="min-w-0 wrap-anywhere">{one.error ?? (one.response_body || t('dv.empty'))}</span>
      <span className="quiet num text-end">
        {one.tried_at && timeOfDay(one.tried_at, timeZone)}
        {one.duration_ms !== null && <span className="block">{t('test.ms', { n: one.duration_ms })}</span>}
      </span>
    </li>
  )
}
