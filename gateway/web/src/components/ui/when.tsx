// When something was: relative for a week, then the day; the whole moment in the title.
import { ago, dayShort, inDays, moment } from '@/lib/format'

export function whenText(at: string, timeZone: string) {
  const seconds = (Date.now() - Date.parse(at)) / 1000
  if (seconds >= 0 && seconds < 86_400) return ago(seconds)
  const days = Math.trunc(-seconds / 86_400)
  if (Math.abs(days) < 7) return inDays(days === 0 ? 1 : days)
  return new Date(at).getUTCFullYear() === new Date().getUTCFullYear() ? dayShort(at, timeZone) : moment(at, timeZone).replace(/,? \d+:\d+.*$/, '')
}

export function When({ at, timeZone, className }: { at: string; timeZone: string; className?: string }) {
  return (
    <time dateTime={at} title={moment(at, timeZone)} className={className ?? 'quiet num shrink-0'}>
      {whenText(at, timeZone)}
    </time>
  )
}
