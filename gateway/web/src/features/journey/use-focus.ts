// Keeps the focus on a card: where the card is drawn anew in another column, or a dialog over it closes, the focus goes back to it.
import { useCallback, useEffect, useRef, type FocusEvent } from 'react'

export type Part = 'name' | 'grip' | 'menu'
const LAYERS = '[role="dialog"], [role="menu"], .toasts'

export function useFocus() {
  const kept = useRef<{ card: string; part: Part }>(undefined)
  const place = useRef<HTMLDivElement>(null)
  const keep = useCallback((card: string, part?: Part) => {
    kept.current = { card, part: part ?? (kept.current?.card === card ? kept.current.part : 'menu') }
  }, [])
  const onFocusCapture = useCallback((event: FocusEvent) => {
    const card = event.target.closest('[data-card]')?.getAttribute('data-card')
    const part = event.target.closest('[data-part]')?.getAttribute('data-part') as Part | undefined
    if (card) kept.current = { card, part: part ?? 'menu' }
  }, [])
  useEffect(() => {
    // who presses elsewhere has left it
    const onPress = (event: Event) => {
      const target = event.target as Element
      if (!target.closest?.(`[data-card], ${LAYERS}`)) kept.current = undefined
    }
    addEventListener('pointerdown', onPress, { capture: true })
    return () => removeEventListener('pointerdown', onPress, { capture: true })
  }, [])
  // after each drawing
  useEffect(() => {
    const wanted = kept.current
    const active = document.activeElement
    if (!wanted || (active && active !== document.body && !active.matches('.board'))) return
    const target = place.current?.querySelector<HTMLElement>(`[data-card="${wanted.card}"] [data-part="${wanted.part}"]`)
    target?.focus({ preventScroll: true })
    target?.closest('[data-card]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
  return { place, keep, onFocusCapture, present: useCallback(() => kept.current?.card, []) }
}

/** The card beside one, in the same part of it: above, below, or in the next column that has one. */
export function stepFrom(target: Element, key: string): HTMLElement | undefined {
  const card = target.closest<HTMLElement>('[data-card]')
  const list = card?.parentElement
  const part = target.closest('[data-part]')?.getAttribute('data-part')
  if (!card || !list || !part) return undefined
  const all = [...list.children]
  const at = all.indexOf(card)
  const partOf = (one: Element | undefined) => one?.querySelector<HTMLElement>(`[data-part="${part}"]`) ?? undefined
  if (key === 'ArrowDown') return partOf(all[at + 1])
  if (key === 'ArrowUp') return partOf(all[at - 1])
  const lists = [...(list.closest('[data-row-of-lists]')?.querySelectorAll('[data-cards]') ?? [])].filter((one) => one === list || one.children.length > 0)
  const rtl = getComputedStyle(list).direction === 'rtl'
  const next = lists[lists.indexOf(list) + ((key === 'ArrowRight') !== rtl ? 1 : -1)]
  return partOf(next?.children[Math.min(at, next.children.length - 1)])
}
