// Moves cards: shown at once, sent one by one, put back where the server refuses. What it asks for first, and what holds a card,
// opens a dialog; what was moved can be taken back.
import { useCallback, useMemo, useRef, useState } from 'react'
import type { OpenMilestone } from '@/components/journey/open-milestones'
import { message } from '@/components/states'
import { t } from '@/lib/i18n'
import { currentStays, moveStage, undoStay } from '@/lib/stage-moves-api'
import { fail, toast } from '@/lib/toasts'
import { arrived, type Move } from './moves'
import { conflictWords, heldMilestones } from './refusals'
import type { Card, Column } from './api'

export type Place = { card: Card; stage: Column; lane?: string }
export type Asked =
  | { kind: 'ask'; places: Place[]; to?: Column }
  | { kind: 'gate'; place: Place; to: Column; note?: string; open: OpenMilestone[] }

type Given = { refresh: () => Promise<void>; onMoved: (card: string) => void }
type Moves = ReadonlyMap<string, Move>

export function useMoves({ refresh, onMoved }: Given) {
  const [moves, setMoves] = useState<Moves>(new Map())
  const [asked, setAsked] = useState<Asked[]>([])
  const running = useRef(0)
  const covered = useRef('')
  const show = useCallback((id: string, move: Move | undefined) => setMoves((now) => changed(now, id, move)), [])

  const run = useCallback(
    async (places: Place[], to: Column, note?: string) => {
      running.current++
      places.forEach(({ card, stage, lane }) => show(card.id, { card, from: stage.stage_id, to: to.stage_id, lane }))
      onMoved(places[0]!.card.id)
      const done: Place[] = []
      for (const place of places) {
        const { card, stage } = place
        try {
          await moveStage({ id: card.id, to: to.stage_id, from: stage.stage_id, note })
          done.push(place)
          show(card.id, { card, from: stage.stage_id, to: to.stage_id, lane: place.lane, doneAt: Date.now() })
        } catch (error) {
          show(card.id, undefined)
          const open = heldMilestones(error)
          if (open) setAsked((now) => [...now, { kind: 'gate', place, to, note, open }])
          else fail(conflictWords(card.name, error) ?? t('board.refused', { name: card.name, stage: stage.stage, message: message(error) }))
        }
      }
      if (done.length > 0) await offerUndo(done, to, (back) => void takeBack(back, to))
      await refresh()
      running.current--
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [refresh, show, onMoved],
  )

  async function takeBack(back: Map<string, Place>, from: Column) {
    running.current++
    const done: Place[] = []
    for (const [history, place] of back) {
      const { card, stage, lane } = place
      const there = arrived(card, from)
      show(card.id, { card, from: from.stage_id, to: stage.stage_id, lane })
      try {
        await undoStay(history)
        show(card.id, { card, from: from.stage_id, to: stage.stage_id, lane, doneAt: Date.now() })
        done.push(place)
        onMoved(card.id)
      } catch (error) {
        show(card.id, { card: there, from: stage.stage_id, to: from.stage_id, lane, doneAt: 0 })
        fail(t('gate.notUndone', { message: message(error) }))
      }
    }
    const [first] = done
    if (first) toast(done.length === 1 ? t('board.undone', { name: first.card.name, stage: first.stage.stage }) : t('board.undoneMany', { n: done.length }))
    await refresh()
    running.current--
  }

  const start = useCallback(
    (places: Place[], to: Column) => {
      const moving = places.filter(({ stage }) => stage.stage_id !== to.stage_id)
      if (moving.length === 0) return
      // a customer that is lost needs a reason
      if (to.is_end) setAsked((now) => [...now, { kind: 'ask', places: moving, to }])
      else void run(moving, to)
    },
    [run],
  )
  const ask = useCallback((places: Place[]) => places.length > 0 && setAsked((now) => [...now, { kind: 'ask', places }]), [])
  const close = useCallback(() => setAsked((now) => now.slice(1)), [])
  /** What was settled belongs to another order or filter. */
  const forget = useCallback((key: string) => {
    if (covered.current !== key) setMoves((now) => new Map([...now].filter(([, { doneAt }]) => doneAt === undefined)))
    covered.current = key
  }, [])
  const isRunning = useCallback(() => running.current > 0, [])
  return useMemo(() => ({ moves, asked: asked[0], start, run, ask, close, forget, isRunning }), [moves, asked, start, run, ask, close, forget, isRunning])
}

const changed = (now: Moves, id: string, move: Move | undefined) => new Map([...now].filter(([key]) => key !== id).concat(move ? [[id, move]] : []))

async function offerUndo(done: Place[], to: Column, undo: (back: Map<string, Place>) => void) {
  const [one] = done
  const text = done.length === 1 ? t('gate.moved', { name: one!.card.name, from: one!.stage.stage, to: to.stage }) : t('board.movedMany', { n: done.length, to: to.stage })
  // which rows of the history they are; where someone was faster there is nothing of ours to take back
  const stays = await currentStays(done.map(({ card }) => card.id)).catch(() => [])
  const back = new Map(stays.filter(({ stage_id }) => stage_id === to.stage_id).map((stay) => [stay.history_id, done.find(({ card }) => card.id === stay.account_id)!]))
  toast(text, back.size > 0 ? { action: { label: t('undo'), run: () => undo(back) } } : {})
}
