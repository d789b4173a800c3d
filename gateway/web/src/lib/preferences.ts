// How a person likes the pages: kept in this browser for the first paint, and with the person by features/me.
import { createStore } from './store'

export type Preferences = {
  density: 'comfortable' | 'compact'
  /** whether a single letter is a shortcut */
  keys: boolean
  /** whether the sidebar shows only icons */
  rail: boolean
  language: 'system' | 'en' | 'de'
}
const KEY = 'cs-preferences'
const standard: Preferences = { density: 'comfortable', keys: true, rail: false, language: 'system' }

function read(): Preferences {
  try {
    return valid(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    return standard
  }
}

/** What is usable of `kept`, over the standard. */
export function valid(kept: unknown, base = standard): Preferences {
  const given = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>
  const one = <T>(value: unknown, choices: readonly T[], otherwise: T) => (choices.includes(value as T) ? (value as T) : otherwise)
  return {
    density: one(given.density, ['comfortable', 'compact'] as const, base.density),
    keys: one(given.keys, [true, false], base.keys),
    rail: one(given.rail, [true, false], base.rail),
    language: one(given.language, ['system', 'en', 'de'] as const, base.language),
  }
}

export const preferences = createStore(read())

/** Puts them into effect in this browser. */
export function applyPreferences(next: Preferences) {
  preferences.set(next)
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // without storage they hold until the tab is closed
  }
  document.documentElement.dataset.density = next.density
}
