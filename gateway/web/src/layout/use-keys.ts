// The keys that work on every page.
import { useEffect, useMemo } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { changePreferences } from '@/features/me/preferences'
import { preferences } from '@/lib/preferences'
import { onKey, useShortcuts, type Shortcut } from '@/lib/shortcuts'
import { pagesFor } from './pages'

export function useKeys(permissions: readonly string[], setOpen: (what: 'palette' | 'help' | 'tasks') => void) {
  const navigate = useNavigate()
  const own = useMemo((): Shortcut[] => {
    const group = 'keys.everywhere'
    return [
      { keys: 'mod+k', label: 'palette.open', group, run: () => setOpen('palette') },
      ...pagesFor(permissions).map(({ to, label, keys }): Shortcut => ({ keys, label, group, run: () => void navigate({ to }) })),
      { keys: 'g t', label: 'tasks.title', group, run: () => setOpen('tasks') },
      { keys: '[', label: 'nav.rail', group, run: () => changePreferences({ rail: !preferences.get().rail }) },
      { keys: '?', label: 'keys.title', group, run: () => setOpen('help') },
    ]
  }, [navigate, permissions, setOpen])
  useShortcuts(own)
  useEffect(() => {
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
