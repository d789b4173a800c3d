// The keys of the list: j and k walk, x selects, o or Enter opens the account, Space looks at it, e changes a cell of its row.
import { useMemo } from 'react'
import { useShortcuts, type Shortcut } from '@/lib/shortcuts'
import type { Account } from './api'
import type { RowActions } from './row'

const row = (index: number) => document.querySelector<HTMLElement>(`[data-row="${index}"] [data-name]`)
const place = () => document.activeElement?.closest<HTMLElement>('[data-row]')
const present = () => {
  const found = place()?.dataset.row
  return found === undefined ? undefined : Number(found)
}

function go(step: 1 | -1) {
  const now = present()
  const first = Number(document.querySelector('[data-row]')?.getAttribute('data-row') ?? 0)
  row(now === undefined ? first : now + step)?.focus()
}

/** The cell that has the focus, else the first of its row. */
function edit() {
  const cell = document.activeElement?.closest('td')?.querySelector<HTMLElement>('[data-edit]') ?? place()?.querySelector<HTMLElement>('[data-edit]')
  cell?.click()
}

const onName = () => document.activeElement?.matches('[data-row] [data-name]') ?? false
const inRow = () => present() !== undefined

export function useRowKeys(rows: Account[], peek: string | undefined, actions: RowActions) {
  useShortcuts(
    useMemo((): Shortcut[] => {
      const group = 'keys.page'
      const at = (run: (found: Account) => void) => () => {
        const now = present()
        const found = now === undefined ? undefined : rows[now]
        if (found) run(found)
      }
      const { select } = actions
      const walk: Shortcut[] = [
        { keys: 'j', label: 'accounts.keyNext', group, run: () => go(1) },
        { keys: 'k', label: 'accounts.keyPrevious', group, run: () => go(-1) },
        { keys: 'o', label: 'peek.open', group, when: inRow, run: () => place()?.querySelector<HTMLElement>('[data-name]')?.click() },
      ]
      return [
        // the drawer has its own
        ...(peek ? [] : walk),
        // elsewhere in the row it presses what has the focus
        { keys: 'Space', label: 'accounts.keyPeek', group, when: onName, run: () => place()?.querySelector<HTMLElement>('[data-peek]')?.click() },
        ...(select ? [{ keys: 'x', label: 'accounts.keySelect', group, run: at((found) => select(found.id, false)) } satisfies Shortcut] : []),
        ...(actions.edit ? [{ keys: 'e', label: 'accounts.keyEdit', group, when: inRow, run: edit } satisfies Shortcut] : []),
      ]
    }, [rows, peek, actions]),
  )
}
