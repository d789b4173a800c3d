// What became of a test delivery: status, milliseconds, and the beginning of the answer.
import { useQuery } from '@tanstack/react-query'
import { Awaited } from '@/components/awaited'
import { Note } from '@/components/ui/note'
import { ScrollRegion } from '@/components/ui/scroll-region'
import { t } from '@/lib/i18n'
import { testQuery, type TestDelivery } from './api'

export function TestResult({ ids }: { ids: string[] }) {
  const test = useQuery(testQuery(ids))
  return (
    <Awaited query={test} height={60}>
      {(rows) => (
        <>
          {rows.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </>
      )}
    </Awaited>
  )
}

function Row({ one }: { one: TestDelivery }) {
  const over = one.status === 'completed' || one.status === 'failed'
  const tone = one.status === 'completed' ? 'good' : one.status === 'failed' ? 'bad' : 'info'
  const place = one.channel === 'email' ? t('action.email') : one.host
  return (
    <Note tone={tone} role="status">
      <p className="num">
        <b className="font-semibold">{over ? t(one.status === 'completed' ? 'test.arrived' : 'test.failed', { host: place }) : t('test.underWay', { host: place })}</b> {one.response_status !== null && t('test.status', { status: one.response_status })} {one.duration_ms !== null && t('test.ms', { n: one.duration_ms })}
      </p>
      {one.last_error && <p className="wrap-anywhere">{one.last_error}</p>}
      {!over && one.waits_because && <p>{one.waits_because}</p>}
      {one.response_body && (
        <details>
          <summary className="min-h-6">{t('test.answer')}</summary>
          <ScrollRegion className="code mt-1" label={t('test.answer')}>
            {one.response_body}
          </ScrollRegion>
        </details>
      )}
    </Note>
  )
}
