// Listens to the gateway's live events: which topics changed, or that a change may have been missed. One stream per tab, however
// many listen; a tab that stays hidden closes it; where no stream can be had, everything is asked for again from time to time.
import { useEffect } from 'react'
import { clientId } from './client-id'
import { createStore } from './store'

/** changes come in bursts; one call answers all of a burst */
const GATHER_MS = 300
/** the browser itself does not retry after a refusal */
const RETRY_MS = 30_000
const HIDDEN_MS = 60_000

export type LiveState = { state: 'opening' | 'connecting' | 'live' | 'polling' | 'paused'; changedAt: number }
export const liveState = createStore<LiveState>({ state: 'opening', changedAt: Date.now() })

type Listener = { topics: readonly string[]; changed: () => void }
type Timer = ReturnType<typeof setTimeout>
const listeners = new Set<Listener>()
let source: EventSource | undefined
let retry: Timer | undefined
let hiding: Timer | undefined
let missed = false

const say = (state: LiveState['state']) => liveState.set({ ...liveState.get(), state })

function tell(topic?: string) {
  liveState.set({ ...liveState.get(), changedAt: Date.now() })
  listeners.forEach(({ topics, changed }) => (topic === undefined || topics.includes(topic)) && changed())
}

function connect() {
  clearTimeout(retry)
  source = new EventSource('/events')
  source.addEventListener('message', (event: MessageEvent<string>) => {
    const { topic, client } = JSON.parse(event.data) as { topic: string; client?: string | null }
    if (client !== clientId) tell(topic)
  })
  source.addEventListener('ready', () => {
    if (missed) tell()
    missed = true
    say('live')
  })
  source.addEventListener('resync', () => tell())
  // the session is over: the next request is refused, and that leads to sign-in
  source.addEventListener('end', () => tell())
  source.addEventListener('error', () => {
    say('connecting')
    if (source?.readyState !== EventSource.CLOSED) return
    say('polling')
    tell()
    retry = setTimeout(connect, RETRY_MS)
  })
}

function close() {
  source?.close()
  source = undefined
  clearTimeout(retry)
  clearTimeout(hiding)
}

function onVisibility() {
  clearTimeout(hiding)
  if (document.hidden) {
    hiding = setTimeout(() => {
      close()
      say('paused')
    }, HIDDEN_MS)
  } else if (!source && listeners.size > 0) connect()
}

/** Calls back soon after one of these topics changed. Returns a function that stops it. */
export function listen(topics: readonly string[], onChange: () => void) {
  let gathering: Timer | undefined
  const changed = () => {
    gathering ??= setTimeout(() => {
      gathering = undefined
      onChange()
    }, GATHER_MS)
  }
  const listener = { topics, changed }
  if (listeners.size === 0) {
    missed = false
    connect()
    document.addEventListener('visibilitychange', onVisibility)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    clearTimeout(gathering)
    if (listeners.size > 0) return
    close()
    document.removeEventListener('visibilitychange', onVisibility)
  }
}

/** `topics` and `onChange` must keep their identity, or each render listens anew. */
export function useLive(topics: readonly string[], onChange: () => void) {
  useEffect(() => listen(topics, onChange), [topics, onChange])
}
