// How the worker is, in one line; below it what is wrong, and each receiver that is left alone.
import { RotateCw } from 'lucide-react'
import { IconButton } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { ago, count, decimal } from '@/lib/format'
import { useNow } from '@/lib/hooks'
import { t } from '@/lib/i18n'
import { whenText } from '@/components/ui/when'
import type { AutomationHealth } from '../api'
import { useShared } from '../shared'

export function HealthLine({ health, onLook }: { health: AutomationHealth; onLook: () => void }) {
  const { timeZone } = useShared()
  const now = useNow(5_000)
  const seen = health.worker_beat_at ? Math.max(0, (now - Date.parse(health.worker_beat_at)) / 1000) : undefined
  const runs = health.worker_is_running
  const ended = health.completed_day + health.failed_day
  return (
    <>
      <div role="group" aria-label={t('hl.label')} className="small flex flex-wrap items-center gap-x-6 gap-y-1">
        <span className="flex items-center gap-2 font-semibold">
          <span aria-hidden className={runs ? 'size-2 rounded-full bg-healthy' : 'size-2 rounded-xs bg-critical'} />
          {!runs ? t('hl.silent') : seen === undefined ? t('hl.runs') : t('hl.seen', { ago: seen < 5 ? t('now') : ago(seen) })}
        </span>
        <span>
          {t('hl.oldest')} <b className="num font-semibold">{health.oldest_due_seconds === null ? t('hl.noneDue') : t('seconds', { n: health.oldest_due_seconds })}</b>
        </span>
        <span className="num">
          {ended === 0 ? t('hl.nothing') : <>{t('hl.delivered')} <b className="font-semibold">{decimal(100 - (health.failed_percent_day ?? 0))}%</b>, {t('hl.of', { n: count(health.completed_day), all: count(ended) })}</>}
        </span>
        <IconButton small label={t('refresh')} onClick={onLook}>
          <RotateCw aria-hidden className="size-3.5!" />
        </IconButton>
      </div>
      {health.problem && (
        <Note tone="bad" role={runs ? 'status' : 'alert'}>
          {health.problem}
        </Note>
      )}
      {(health.breakers ?? []).map((one) => (
        <Note key={one.host} tone="bad" role="status">
          <b className="font-semibold">{t('hl.receiver', { host: one.host, n: one.failures })}</b> {one.last_error} {one.probe_at && t('hl.probe', { when: whenText(one.probe_at, timeZone) })}
        </Note>
      ))}
    </>
  )
}
