// Where a delivery stands: mark and word, and when it is tried next, counted down, or when it was given up.
import { Check, Clock, LoaderCircle, X } from 'lucide-react'
import { timeOfDay } from '@/lib/format'
import { useNow } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { useShared } from '../shared'
import type { Delivery } from './api'

const icons = { pending: Clock, processing: LoaderCircle, completed: Check, failed: X }
const tones = { pending: 'quiet', processing: 'quiet', completed: 'good', failed: 'bad' }

export function DeliveryState({ row }: { row: Delivery }) {
  const Icon = icons[row.status]
  return (
    <span className="inline-flex items-center gap-2 align-middle whitespace-nowrap">
      <Icon aria-hidden className={`${tones[row.status]} size-4 shrink-0`} strokeWidth={1.5} />
      <span className={tones[row.status]}>{t(`dl.${row.status}`)}</span>
      <NextTry row={row} />
    </span>
  )
}

export function NextTry({ row }: { row: Pick<Delivery, 'status' | 'next_try_at' | 'processed_at' | 'waits_for'> }) {
  const { timeZone } = useShared()
  if (row.status === 'failed') return row.processed_at && <span className="quiet num">{t('dl.gaveUp', { at: timeOfDay(row.processed_at, timeZone) })}</span>
  if (row.status !== 'pending') return null
  if (row.next_try_at) return <Countdown at={row.next_try_at} />
  return row.waits_for && <span className="warn">{t('dl.held')}</span>
}

function Countdown({ at }: { at: string }) {
  const seconds = Math.ceil((Date.parse(at) - useNow(1_000)) / 1000)
  if (seconds <= 0) return <span className="quiet">{t('dl.due')}</span>
  const [n, unit] = seconds < 90 ? [seconds, 's' as const] : seconds < 5_400 ? [Math.round(seconds / 60), 'min' as const] : [Math.round(seconds / 3_600), 'h' as const]
  return <span className="warn num">{t('dl.next', { n, unit })}</span>
}
