// Moves that the server has not answered yet, or whose card it does not show yet, laid over the columns it gave. Pure.
import type { Card, Column } from './api'
import type { Sort } from './search'

export type Move = {
  card: Card
  /** stages by id */
  from: string
  to: string
  /** the lane it stands in, where there are lanes */
  lane?: string
  /** when the server took it, as Date.now(); undefined while it is on its way */
  doneAt?: number
}

/** The columns as they look with these moves. `readAt`: when the server gave them. */
export function withMoves(columns: Column[], moves: Iterable<Move>, sort: Sort, readAt: number): Column[] {
  let now = columns
  for (const move of moves) now = withMove(now, move, sort, readAt)
  return now
}

function withMove(columns: Column[], move: Move, sort: Sort, readAt: number): Column[] {
  const { card, to } = move
  const at = columns.find(({ cards }) => cards.some(({ id }) => id === card.id))
  const known = move.doneAt !== undefined && move.doneAt < readAt
  // the server shows where it is: there, or wherever someone took it next
  if (at && (known || at.stage_id === to)) return columns
  const worth = card.arr ?? 0
  return columns.map((column) => {
    const isHere = column.stage_id === at?.stage_id
    if (isHere) {
      const late = card.over_by_days === null ? 0 : 1
      return { ...column, count: column.count - 1, arr: column.arr - worth, overdue: column.overdue - late, cards: column.cards.filter(({ id }) => id !== card.id) }
    }
    if (column.stage_id !== to) return column
    const counted = at ? { count: column.count + 1, arr: column.arr + worth } : {}
    return { ...column, ...counted, cards: placed(column.cards, arrived(card, column), sort) }
  })
}

/** The card as it begins in a stage; which milestones it has there only the server knows. */
export const arrived = (card: Card, { target_duration_days }: Column): Card => ({
  ...card, days_in_stage: 0, over_by_days: null, stage_state: target_duration_days === null ? null : 'on_track', milestones_done: 0, milestones_total: 0, open_required: [], since: new Date().toISOString(),
})

const LAST = Number.POSITIVE_INFINITY

const rankOf: Record<Sort, (card: Card) => number> = {
  overdue: (card) => Date.parse(card.since),
  arr: (card) => (card.arr === null ? LAST : -card.arr),
  score: (card) => card.overall_score ?? LAST,
  renewal: (card) => card.days_to_renewal ?? LAST,
  name: () => 0,
}

/** In its place among those that are shown, as the server orders them. */
export function placed(cards: Card[], card: Card, sort: Sort): Card[] {
  const rank = rankOf[sort]
  const isAfter = (other: Card) => rank(other) > rank(card) || (rank(other) === rank(card) && other.name.localeCompare(card.name) > 0)
  const at = cards.findIndex(isAfter)
  return at < 0 ? [...cards, card] : [...cards.slice(0, at), card, ...cards.slice(at)]
}

/** The required milestones that hold a card back from a stage, as far as the board knows. */
export function heldBy(card: Card, from: Column, to: Column, columns: Column[]): string[] {
  const isMain = (column: Column) => !column.is_side && !column.is_end
  const place = (column: Column) => columns.findIndex(({ stage_id }) => stage_id === column.stage_id)
  const isForward = isMain(from) && isMain(to) && place(to) > place(from)
  return isForward ? card.open_required : []
}
