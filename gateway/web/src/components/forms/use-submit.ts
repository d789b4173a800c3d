// What every form around signing in shares: never two requests at once, one message for a refusal, a wait after too many.
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { announce } from '@/lib/announce'
import { ApiError } from '@/lib/api'
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

export type Refused = { text: string; field: string | null }

/** The field that an answer of the server blames. */
export function fieldOf(error: ApiError) {
  const { details } = error
  return typeof details === 'object' && details !== null && 'field' in details ? String(details.field) : null
}

export function useSubmit(send: () => Promise<void>, onUnreachable?: () => void) {
  const [refused, setRefused] = useState<Refused>({ text: '', field: null })
  const [busy, setBusy] = useState(false)
  const running = useRef(false)
  const alert = useRef<HTMLDivElement>(null)
  const throttle = useThrottle()

  useEffect(() => {
    if (refused.text) alert.current?.focus()
  }, [refused])

  function fail(error: unknown) {
    if (error instanceof ApiError && error.status === 429) throttle.start(error.retryAfter || 30)
    else if (error instanceof ApiError && error.unreachable && onUnreachable) onUnreachable()
    else if (error instanceof ApiError) setRefused({ text: [error.message, error.hint].filter(Boolean).join(' '), field: fieldOf(error) })
    else setRefused({ text: error instanceof Error ? error.message : String(error), field: null })
  }

  /** `check` returns false, having pointed out what is missing, where nothing is to be sent. */
  async function submit(event: FormEvent, check: () => boolean) {
    event.preventDefault()
    if (running.current || throttle.seconds > 0) return
    setRefused({ text: '', field: null })
    if (!check()) return
    running.current = true
    setBusy(true)
    await send().catch(fail)
    running.current = false
    setBusy(false)
  }

  return { submit, refused, busy, alert, seconds: throttle.seconds }
}
