// Whose moves are new on the board: a card that stands elsewhere than before, and not by this tab, says by whom.
import { useEffect, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { announce } from '@/lib/announce'
import { t } from '@/lib/i18n'
import { peopleQuery } from '@/lib/names'
import { readMovers, type Column } from './api'
import type { Move } from './moves'

const SHOWN_MS = 30_000
type Where = { stage: string; history: string }

const placesOf = (columns: Column[]) => new Map(columns.flatMap((column) => column.cards.map((card): [string, Where] => [card.id, { stage: column.stage_id, history: card.history_id }])))

/** The mover's name by card. `key` changes with what the board covers: then nothing of it is news. */
export function useOthers(columns: Column[] | undefined, moves: ReadonlyMap<string, Move>, key: string) {
  const client = useQueryClient()
  const [by, setBy] = useState<ReadonlyMap<string, string>>(new Map())
  const before = useRef<{ key: string; places: Map<string, Where> }>(undefined)
  const own = useRef(moves)
  useEffect(() => {
    own.current = moves
  }, [moves])
  useEffect(() => {
    if (!columns) return
    const last = before.current
    const places = placesOf(columns)
    before.current = { key, places }
    if (last?.key !== key) return
    const fresh = columns.flatMap((column) => column.cards.filter(({ id, history_id }) => {
      const was = last.places.get(id)
      return was && was.stage !== column.stage_id && was.history !== history_id && own.current.get(id)?.to !== column.stage_id
    }))
    if (fresh.length === 0) return
    void Promise.all([readMovers(fresh.map(({ history_id }) => history_id)), client.fetchQuery(peopleQuery)]).then(
      ([rows, people]) => {
        const found = rows.map((row): [string, string] => [row.account_id, people.find(({ id }) => id === row.triggered_by)?.name ?? t('board.someone')])
        setBy((now) => new Map([...now, ...found]))
        const first = fresh.find(({ id }) => id === found[0]?.[0])
        if (first) announce(t('board.moverSays', { who: found[0]![1], name: first.name, stage: rows[0]!.to_stage }))
        setTimeout(() => setBy((now) => new Map([...now].filter(([id]) => !found.some(([gone]) => gone === id)))), SHOWN_MS)
      },
      // without a name the card still stands where it is
      () => undefined,
    )
  }, [columns, key, client])
  return by
}
