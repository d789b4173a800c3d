// The way to each stage where not all columns are on screen: one goes to its first card.
import { useEffect, useRef, useState, type RefObject } from 'react'
import { cn } from '@/lib/cn'
import { count } from '@/lib/format'
import { t } from '@/lib/i18n'
import type { Column } from './api'

/** Of a column with its gap, as styles/board.css has them. */
const COLUMN = 276
const FOLDED = 56

export function StageJump({ columns, folded }: { columns: Column[]; folded: string | undefined }) {
  const place = useRef<HTMLElement>(null)
  const room = useRoom(place)
  const shut = new Set(folded?.split(','))
  const needed = columns.reduce((sum, { stage_id }) => sum + (shut.has(stage_id) ? FOLDED : COLUMN), 0)
  return (
    <nav ref={place} aria-label={t('board.jump')} className={cn('relative -mx-4 mb-3 flex gap-1.5 overflow-x-auto px-4 md:mx-0 md:px-0', needed <= room && 'md:hidden')}>
      {columns.map(({ stage_id, stage, color_hex, count: n }) => (
        <button key={stage_id} type="button" aria-label={`${stage} ${count(n)}`} className="chip flex-none" onClick={() => jump(stage_id)}>
          <span>
            <span aria-hidden className="swatch" style={{ background: color_hex ?? 'var(--no-data)' }} />
            <bdi>{stage}</bdi>
            <span className="quiet num">{count(n)}</span>
          </span>
        </button>
      ))}
    </nav>
  )
}

function jump(id: string) {
  const column = document.getElementById(`stage-${id}`)
  column?.scrollIntoView({ block: 'nearest', inline: 'center' })
  column?.querySelector<HTMLElement>('[data-part="name"]')?.focus({ preventScroll: true })
}

/** How wide what it stands in is, also while it is hidden itself. */
function useRoom(place: RefObject<HTMLElement | null>) {
  const [room, setRoom] = useState(Number.POSITIVE_INFINITY)
  useEffect(() => {
    const outer = place.current?.parentElement
    if (!outer) return
    const watch = new ResizeObserver(([entry]) => setRoom(entry!.contentRect.width))
    watch.observe(outer)
    return () => watch.disconnect()
  }, [place])
  return room
}
