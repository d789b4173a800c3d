// The accounts opened last, per tenant, in this browser.
import { createStore } from './store'

const MOST = 5
/** Counts the changes, for those who follow them. */
const changes = createStore(0)
const key = (tenant: string) => `cs-recent-${tenant}`

export type Recent = { id: string; title: string }

export function readRecents(tenant: string): Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(tenant)) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one): one is Recent => typeof one?.id === 'string' && typeof one?.title === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

export function addRecent(tenant: string, one: Recent) {
  try {
    localStorage.setItem(key(tenant), JSON.stringify([one, ...readRecents(tenant).filter(({ id }) => id !== one.id)].slice(0, MOST)))
  } catch {
    // without storage there are no recent ones
  }
  changes.set(changes.get() + 1)
}

/** It is gone, for every tenant. */
export function dropRecent(id: string) {
  try {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(key('')))) {
      const tenant = name.slice(key('').length)
      localStorage.setItem(name, JSON.stringify(readRecents(tenant).filter((one) => one.id !== id)))
    }
  } catch {
    // as above
  }
  changes.set(changes.get() + 1)
}

export function useRecents(tenant: string) {
  changes.use()
  return readRecents(tenant)
}
