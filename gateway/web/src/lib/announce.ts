// One sentence at a time for screen readers; layout/live-regions.tsx renders it.
export type Spoken = { polite: string; assertive: string }

let spoken: Spoken = { polite: '', assertive: '' }
const listeners = new Set<() => void>()

export function announce(text: string, tone: keyof Spoken = 'polite') {
  spoken = { ...spoken, [tone]: text }
  listeners.forEach((listener) => listener())
}

export const current = () => spoken

export function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
