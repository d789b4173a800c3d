// What is said of a card in the hand: picked up, over which stage, and what would hold it back there.
import { useCallback, useMemo, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { BoardWords } from '@/components/board/board'
import type { Drag } from '@/components/board/drag-state'
import { listed } from '@/lib/format'
import { t } from '@/lib/i18n'
import { suggestedQuery } from '@/lib/stage-moves-api'
import type { Column } from './api'
import { heldBy } from './moves'
import type { Place } from './use-moves'

type Given = { columns: Column[]; find: (id: string) => Place | undefined; /** all that go along with this one */ together: (id: string) => Place[] }

export function useHints({ columns, find, together }: Given) {
  const [drag, setDrag] = useState<Drag>()
  const from = drag && columns.find(({ stage_id }) => stage_id === drag.from)
  const { data: before } = useQuery({ ...suggestedQuery(drag?.card ?? ''), enabled: from !== undefined && (from.is_side || from.is_end) })

  const hintFor = useCallback(
    (card: string, to: Column) => {
      const places = together(card)
      const held = places.flatMap(({ card: one, stage }) => {
        const open = heldBy(one, stage, to, columns)
        return open.length > 0 ? [open] : []
      })
      if (held.length > 0 && places.length > 1) return t('board.hintMany', { n: held.length, total: places.length })
      if (held.length > 0) return t('board.hint', { n: held[0]!.length, titles: listed(held[0]!) })
      return before && before === to.stage ? t('board.wasHere') : undefined
    },
    [together, columns, before],
  )
  const words = useMemo((): BoardWords => {
    const nameOf = (id: string) => (together(id).length > 1 ? t('accounts.count', { n: together(id).length }) : (find(id)?.card.name ?? ''))
    const stageOf = (id: string | undefined) => columns.find(({ stage_id }) => stage_id === id)
    return {
      instructions: t('board.instructions'),
      lifted: ({ card }) => t('board.lifted', { name: nameOf(card) }),
      over: ({ card, over }) => {
        const to = stageOf(over)
        return to ? [t('board.isOver', { stage: to.stage }), hintFor(card, to)].filter(Boolean).join(' ') : ''
      },
      cancelled: ({ card, from: back }) => t('board.stays', { name: nameOf(card), stage: stageOf(back)?.stage ?? '' }),
    }
  }, [columns, find, together, hintFor])
  return { drag, setDrag, hintFor, words }
}
