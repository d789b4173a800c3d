// The keys of the pages, each bound and explained from one place; single letters can be switched off (WCAG 2.1.4).
import { useEffect } from 'react'
import type { Key } from './i18n'
import { preferences } from './preferences'
import { createStore } from './store'

export type Shortcut = {
  /** as pressed: "mod+k", "?", "g e" */
  keys: string
  label: Key
  group: 'keys.everywhere' | 'keys.page'
  run: () => void
  /** where it holds; elsewhere the key does what it always does */
  when?: () => boolean
}

/** Those that are in force now; the help lists them. */
export const shortcuts = createStore<Shortcut[]>([])

const CHORD_MS = 1_000
let first = { key: '', at: 0 }

function pressed(event: KeyboardEvent) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) return `mod+${event.key.toLowerCase()}`
  if (event.altKey && /^Arrow(Up|Down)$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.shiftKey) return `alt+${event.key}`
  if (event.ctrlKey || event.metaKey || event.altKey) return ''
  if (event.key === ' ') return 'Space'
  return event.key.length === 1 ? event.key.toLowerCase() : event.key
}

const inField = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], [role="menu"], [role="listbox"], [aria-modal="true"]') !== null

export function onKey(event: KeyboardEvent) {
  const key = pressed(event)
  if (!key || event.defaultPrevented || event.repeat) return
  // what is held together with Alt is no letter, but moves within a field
  const isFree = key.startsWith('mod+') || ((preferences.get().keys || key.startsWith('alt+')) && !inField(event.target))
  if (!isFree) return
  const chord = event.timeStamp - first.at < CHORD_MS ? `${first.key} ${key}` : ''
  first = { key, at: event.timeStamp }
  const all = shortcuts.get()
  const bound = (keys: string) => all.findLast((one) => one.keys === keys && (one.when?.() ?? true))
  const found = bound(chord) ?? bound(key)
  if (!found) return
  event.preventDefault()
  found.run()
}

/** Binds these while the component is there; `own` must keep its identity. */
export function useShortcuts(own: Shortcut[]) {
  useEffect(() => {
    shortcuts.set([...shortcuts.get(), ...own])
    return () => shortcuts.set(shortcuts.get().filter((one) => !own.includes(one)))
  }, [own])
}

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

/** How a key is written: "Ctrl K", "g e". */
export const written = (keys: string) => keys.replace('mod+k', isMac ? '⌘ K' : 'Ctrl K').replace('alt+Arrow', isMac ? '⌥ ' : 'Alt ')
