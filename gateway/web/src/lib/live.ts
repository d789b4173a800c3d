// Listens to the gateway's live events: which topics changed, or that a change may have been missed.
import { useEffect } from 'react'

/** changes come in bursts; one call answers all of a burst */
const GATHER_MS = 1_000
/** the browser itself does not retry after a refusal */
const RETRY_MS = 30_000

/** Calls back soon after one of these topics changed. Returns a function that stops it. */
export function listen(topics: readonly string[], onChange: () => void) {
  let source: EventSource
  let gathering: ReturnType<typeof setTimeout> | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let connectedBefore = false

  const changed = () => {
    gathering ??= setTimeout(() => {
      gathering = undefined
      onChange()
    }, GATHER_MS)
  }
  const connect = () => {
    source = new EventSource('/events')
    source.addEventListener('message', (event: MessageEvent<string>) => {
      const { topic } = JSON.parse(event.data) as { topic: string }
      if (topics.includes(topic)) changed()
    })
    source.addEventListener('ready', () => {
      if (connectedBefore) changed()
      connectedBefore = true
    })
    source.addEventListener('resync', changed)
    // the session is over: the next request is refused, and that leads to sign-in
    source.addEventListener('end', changed)
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED) return
      changed()
      retry = setTimeout(connect, RETRY_MS)
    })
  }

  connect()
  return () => {
    source.close()
    clearTimeout(gathering)
    clearTimeout(retry)
  }
}

/** `topics` and `onChange` must keep their identity, or each render connects again. */
export function useLive(topics: readonly string[], onChange: () => void) {
  useEffect(() => listen(topics, onChange), [topics, onChange])
}
