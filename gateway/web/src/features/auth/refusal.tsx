// Why signing in did not work: the server's message, or how long to wait.
import { useEffect, useState, type Ref } from 'react'
import { CircleAlert, Hourglass } from 'lucide-react'
import { announce } from '@/lib/announce'
import { useCountdown } from '@/lib/hooks'
import { t } from '@/lib/i18n'

/** A countdown that is announced once at its start and once at its end, not every second. */
export function useThrottle() {
  const [until, setUntil] = useState(0)
  const seconds = useCountdown(until)
  useEffect(() => {
    if (until === 0) return
    announce(t('login.tooMany', { seconds: Math.max(1, Math.ceil((until - Date.now()) / 1000)) }), 'assertive')
    const timer = setTimeout(() => announce(t('login.tryAgain'), 'assertive'), until - Date.now())
    return () => clearTimeout(timer)
  }, [until])
  return { seconds, start: (wait: number) => setUntil(Date.now() + wait * 1000) }
}

type Props = { text: string; seconds: number; ref: Ref<HTMLDivElement> }

export function Refusal({ text, seconds, ref }: Props) {
  if (seconds > 0) {
    return (
      <div className="flex gap-2.5 rounded-md border border-at-risk bg-at-risk-bg px-3 py-2.5">
        <Hourglass aria-hidden className="mt-0.5 size-4 shrink-0 text-at-risk-fg" />
        <p className="tabular-nums">{t('login.tooMany', { seconds })}</p>
      </div>
    )
  }
  if (!text) return null
  return (
    <div ref={ref} tabIndex={-1} role="alert" className="flex gap-2.5 rounded-md border border-critical bg-critical-bg px-3 py-2.5">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-critical-fg" />
      <p>{text}</p>
    </div>
  )
}
