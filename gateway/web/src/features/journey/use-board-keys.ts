// The keys of the board: arrows from card to card, j and k along a column, x selects, m moves, Escape lets the selection go.
import { useCallback, useMemo, type KeyboardEvent } from 'react'
import { useShortcuts, type Shortcut } from '@/lib/shortcuts'
import { stepFrom } from './use-focus'

type Given = { present: () => string | undefined; peek: string | undefined; mayMove: boolean; onSelect: (id: string) => void; onMove: (id: string | undefined) => void }

const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']

function step(from: Element, key: string) {
  const next = stepFrom(from, key)
  next?.focus({ preventScroll: true })
  next?.closest('[data-card]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  return next !== undefined
}

export function useBoardKeys({ present, peek, mayMove, onSelect, onMove }: Given) {
  useShortcuts(
    useMemo((): Shortcut[] => {
      const group = 'keys.page'
      const walk = (key: string) => {
        const active = document.activeElement?.closest('[data-card]') ? document.activeElement : null
        if (active) step(active, key)
        else document.querySelector<HTMLElement>('[data-card] [data-part="name"]')?.focus()
      }
      return [
        // the drawer has its own
        ...(peek ? [] : [{ keys: 'j', label: 'board.keyNext' as const, group, run: () => walk('ArrowDown') }, { keys: 'k', label: 'board.keyPrevious' as const, group, run: () => walk('ArrowUp') }]),
        ...(mayMove
          ? [
              { keys: 'x', label: 'board.keySelect' as const, group, run: () => { const id = present(); if (id) onSelect(id) } },
              { keys: 'm', label: 'board.keyMove' as const, group, run: () => onMove(present()) },
            ]
          : []),
      ] as Shortcut[]
    }, [present, peek, mayMove, onSelect, onMove]),
  )
  return useCallback((event: KeyboardEvent) => {
    const target = event.target as Element
    if (!ARROWS.includes(event.key) || event.altKey || event.ctrlKey || event.metaKey || !target.matches('[data-part]')) return
    // before the button of a menu takes it
    if (step(target, event.key) || event.key === 'ArrowDown') {
      event.preventDefault()
      event.stopPropagation()
    }
  }, [])
}
