// Light, dark or the system's choice: kept in this browser, applied to <html>. index.html applies it before the first paint.
import { useSyncExternalStore } from 'react'

export const themes = ['light', 'dark', 'system'] as const
export type Theme = (typeof themes)[number]

const KEY = 'cs-theme'
const system = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

function read(): Theme {
  try {
    const kept = localStorage.getItem(KEY)
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  } catch {
    return 'system'
  }
}

let theme = read()

/** What the system paints around an installed app, light and dark: by its own theme, unless one was chosen here. */
const bars = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')]
const colors = bars.map(({ content }) => content)

function apply() {
  bars.forEach((bar, n) => (bar.content = colors[theme === 'system' ? n : Number(theme === 'dark')]!))
  document.documentElement.classList.toggle('dark', theme === 'dark' || (theme === 'system' && system.matches))
}
system.addEventListener('change', apply)
apply()

export function setTheme(next: Theme) {
  theme = next
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // without storage the choice holds until the tab is closed
  }
  apply()
  listeners.forEach((listener) => listener())
}

export function useTheme() {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    () => theme,
  )
}
