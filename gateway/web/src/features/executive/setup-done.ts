// Which steps of the set-up were ticked off by looking, in this browser.
import { createStore } from '@/lib/store'

const KEY = 'cs-setup'

function read() {
  try {
    return { stages: localStorage.getItem(KEY) === 'stages' }
  } catch {
    return { stages: false }
  }
}

export const setupStore = createStore(read())

export function stagesAreFine() {
  setupStore.set({ stages: true })
  try {
    localStorage.setItem(KEY, 'stages')
  } catch {
    // without storage it holds until the tab is closed
  }
}
