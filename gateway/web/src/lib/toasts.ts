// Short messages at the bottom: what was done, with a way back, and what failed. components/toast-list.tsx shows them.
import { announce } from './announce'
import { createStore } from './store'

export type Toast = {
  id: number
  text: string
  tone: 'plain' | 'error'
  action?: { label: string; run: () => void }
  /** when it goes by itself, as Date.now(); errors stay */
  until?: number
  /** called once when it goes without its action having been used */
  onGone?: () => void
}

const PLAIN_MS = 6_000
export const UNDO_MS = 10_000
let last = 0

export const toasts = createStore<Toast[]>([])

export function toast(text: string, more: Partial<Pick<Toast, 'tone' | 'action' | 'onGone'>> = {}) {
  const tone = more.tone ?? 'plain'
  const ms = more.action ? UNDO_MS : PLAIN_MS
  const one: Toast = { ...more, id: ++last, text, tone, until: tone === 'error' ? undefined : Date.now() + ms }
  toasts.set([...toasts.get(), one].slice(-4))
  announce(text, tone === 'error' ? 'assertive' : 'polite')
  if (one.until) setTimeout(() => drop(one.id), ms)
  return one.id
}

export const fail = (text: string) => toast(text, { tone: 'error' })

/** Removes it; `used` says that its action was pressed. */
export function drop(id: number, used = false) {
  const one = toasts.get().find((it) => it.id === id)
  if (!one) return
  toasts.set(toasts.get().filter((it) => it.id !== id))
  if (!used) one.onGone?.()
}
