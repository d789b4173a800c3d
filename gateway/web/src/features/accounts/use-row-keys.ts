// The keys of the list while no account is looked at: j and k walk, x selects, Enter or Space looks at the row.
import { useMemo } from 'react'
import { useShortcuts, type Shortcut } from '@/lib/shortcuts'
import type { Account } from './api'

const row = (index: number) => document.querySelector<HTMLElement>(`[data-row="${index}"] [data-name]`)
const present = () => {
  const found = document.activeElement?.closest('[data-row]')?.getAttribute('data-row')
  return found === null || found === undefined ? undefined : Number(found)
}

function go(step: 1 | -1) {
  const now = present()
  const first = Number(document.querySelector('[data-row]')?.getAttribute('data-row') ?? 0)
  row(now === undefined ? first : now + step)?.focus()
}

export function useRowKeys(rows: Account[], peek: string | undefined, select?: (id: string, range: boolean) => void) {
  useShortcuts(
    useMemo((): Shortcut[] => {
      const group = 'keys.page'
      const mark: Shortcut = {
        keys: 'x', label: 'accounts.keySelect', group,
        run: () => {
          const now = present()
          const found = now === undefined ? undefined : rows[now]
          if (found) select?.(found.id, false)
        },
      }
      // the drawer has its own
      const walk: Shortcut[] = peek ? [] : [{ keys: 'j', label: 'accounts.keyNext', group, run: () => go(1) }, { keys: 'k', label: 'accounts.keyPrevious', group, run: () => go(-1) }]
      return select ? [...walk, mark] : walk
    }, [rows, peek, select]),
  )
}
